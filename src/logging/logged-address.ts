import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { AddressDetail } from '../config/log.settings.js';

/** Bits that name the network of an address, by the address's kind. */
const NETWORK = { ipv4: 24, ipv6: 48 } as const;

/**
 * A client's address as the log writes it: as a whole, or the network that it is in, such as
 * `203.0.113.0/24` or `2001:db8:1::/48`. An IPv4 address in IPv6 form is itself; a zone is left out.
 *
 * @returns null for what is no address, as a trusted proxy may hand on what a client made up
 */
export function loggedAddress(
  address: string,
  detail: Exclude<AddressDetail, 'off'>,
): string | null {
  const [bare = ''] = address.split('%');
  if (isIP(bare) === 0) return null;
  const parsed = ipaddr.process(bare);
  if (detail === 'full') return parsed.toString();
  const bits = NETWORK[parsed.kind()];
  const network =
    parsed.kind() === 'ipv4'
      ? ipaddr.IPv4.networkAddressFromCIDR(`${parsed.toString()}/${bits}`)
      : ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/${bits}`);
  return `${network.toString()}/${bits}`;
}

/** The field of a log line that tells the client's address; none where the setting is `off`. */
export const addressField = (
  address: string,
  detail: AddressDetail,
): { readonly client_address?: string | null } =>
  detail === 'off' ? {} : { client_address: loggedAddress(address, detail) };
