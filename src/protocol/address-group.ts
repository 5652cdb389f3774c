import { isIP } from 'node:net';

/** 16-bit groups of an IPv6 address that name the network of one customer: /64. */
const NETWORK_GROUPS = 4;

const UNKNOWN = 'unknown';

/**
 * What counts as one client: an IPv4 address, or an IPv6 /64, of which every customer has at least
 * one. An IPv4 address in IPv6 form is itself; whatever is no address, as a proxy may hand on what a
 * client made up, counts as one client, `unknown`.
 *
 * @returns at most 45 characters
 */
export function addressGroup(address: string): string {
  const [bare = ''] = address.split('%');
  const version = isIP(bare);
  if (version === 0) return UNKNOWN;
  if (version === 4) return bare;
  const groups = groupsOf(bare);
  const [high, low] = groups.slice(6) as [number, number];
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
  }
  const network = groups.slice(0, NETWORK_GROUPS).map((group) => group.toString(16));
  return `${network.join(':')}::/64`;
}

/** The eight groups of a valid IPv6 address. */
function groupsOf(address: string): number[] {
  // URLs have one spelling of each address, without dotted quads.
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [before = '', after] = canonical.split('::');
  const parse = (part = ''): number[] =>
    part === '' ? [] : part.split(':').map((group) => parseInt(group, 16));
  const [left, right] = [parse(before), parse(after)];
  return [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
}
