import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** The addresses that IPv6 gives to hosts of the internet; everything else is local, reserved or holds another address. */
const global: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3];

/**
 * Whether a webhook may be sent to an IP address. It is a public one: not private, loopback, link-local, shared by a carrier,
 * reserved or multicast, nor one that holds such an address in itself. `allowsLoopback` allows this machine too, for demos.
 */
export function isAllowedAddress(text: string, allowsLoopback: boolean): boolean {
  if (isIP(text) === 0) return false;
  // An IPv4 address that is written as an IPv6 one reaches the IPv4 host.
  const address = ipaddr.process(text);
  const range = address.range();
  if (range === 'loopback') return allowsLoopback;
  if (range !== 'unicast') return false;
  return address instanceof ipaddr.IPv4 || address.match(global);
}
