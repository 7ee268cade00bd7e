import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** The address of a caller whom nobody has told of. No list of allowed addresses contains it. */
export const unknownAddress = '';

type Address = ReturnType<typeof ipaddr.parse>;

/**
 * Whom an address bucket counts: an IPv4 address, or the /64 of an IPv6 address as its four groups, since one host may
 * use all of that. An IPv4-mapped address counts as IPv4; a text that is no address counts as itself.
 */
export function addressBlock(text: string): string {
  const address = parseAddress(text);
  if (address === undefined) return text;
  if (address instanceof ipaddr.IPv4) return address.toString();
  return address.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':');
}

/**
 * Whether an address is in a list of addresses and CIDR blocks of either family; an empty list allows every one.
 * @throws when an entry of the list is neither, which its input schema excludes
 */
export function allowsAddress(allowed: readonly string[], text: string): boolean {
  if (allowed.length === 0) return true;
  const address = parseAddress(text);
  if (address === undefined) return false;
  return allowed.map(parseBlock).some(([network, bits]) => {
    return network.kind() === address.kind() && address.match(network, bits);
  });
}

/** An address, IPv4-mapped ones as IPv4. Only the four decimal parts are IPv4 here; the library also reads `0x7f.1`. */
function parseAddress(text: string): Address | undefined {
  return isIP(text) === 0 ? undefined : ipaddr.process(text);
}

/** A network and its prefix in bits, an IPv4-mapped one as IPv4. */
function parseBlock(text: string): [Address, number] {
  const [network, bits] = ipaddr.parseCIDR(
    text.includes('/') ? text : `${text}/${isIP(text) === 4 ? 32 : 128}`,
  );
  if (network instanceof ipaddr.IPv4 || !network.isIPv4MappedAddress() || bits < 96) return [network, bits];
  return [network.toIPv4Address(), bits - 96];
}
