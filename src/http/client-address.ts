import { isIP, isIPv4 } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { NextFunction, Request, Response } from 'express';

/** Stands for whatever is no address, as proxies write it themselves. */
export const UNKNOWN_ADDRESS = 'unknown';

/** 16-bit groups of an IPv6 address that name the network of one customer: /64. */
const NETWORK_GROUPS = 4;

/**
 * Rewrites `X-Forwarded-For` before Express reads it, so that its rules (`trust proxy`) and
 * `request.ip` see plain addresses: proxies add ports, brackets and quotes. The number of hops, and so
 * which of them is believed, stays.
 */
export function readForwardedAddresses(
  { headers }: Request,
  _response: Response,
  next: NextFunction,
): void {
  const told = headers['x-forwarded-for'];
  if (told !== undefined) {
    const hops = String(told).split(',');
    headers['x-forwarded-for'] = hops
      .filter((hop) => hop.trim() !== '')
      .map((hop) => plainAddress(addressIn(hop.trim())))
      .join(', ');
  }
  next();
}

/** The address that a request came from, as far as `TRUST_PROXY` believes it; else `unknown`. */
export const addressOf = (request: Request): string => plainAddress(request.ip ?? '');

/**
 * What counts as one client: an IPv4 address, or an IPv6 /64, of which every customer has at least
 * one. Whatever is no address counts as one client, `unknown`.
 *
 * @returns at most 45 characters
 */
export function addressGroup(text: string): string {
  if (isIPv4(text)) return text;
  const address = parseAddress(text);
  if (!address) return UNKNOWN_ADDRESS;
  if (address.kind() === 'ipv4') return address.toString();
  const network = (address as ipaddr.IPv6).parts.slice(0, NETWORK_GROUPS);
  return `${network.map((group) => group.toString(16)).join(':')}::/64`;
}

const plainAddress = (text: string): string =>
  isIPv4(text) ? text : (parseAddress(text)?.toString() ?? UNKNOWN_ADDRESS);

/** An address without its zone, IPv4 in its own form; none for a text that is no whole address. */
function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  const [address = ''] = text.split('%', 1);
  // ipaddr.js takes `10.1` and `0xa000001` for addresses, too.
  return isIP(address) === 0 ? undefined : ipaddr.process(address);
}

/**
 * The address in `"[2001:db8::1]:443"`, `"203.0.113.7":4711` or `203.0.113.7:4711`. A port may have a
 * made-up name, or none.
 */
function addressIn(hop: string): string {
  const bare = hop.replace(/^"([^"]*)"/, '$1');
  return /^\[(.*)\](?::\w*)?$/.exec(bare)?.[1] ?? /^([^:]*):\w*$/.exec(bare)?.[1] ?? bare;
}
