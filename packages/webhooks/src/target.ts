import { isIP } from 'node:net';
import { isAllowedAddress } from './address.ts';

/** The longest URL of an endpoint. */
const urlCharactersMax = 2000;

/** Below this stand the services of the host itself; of them 443 alone serves the web. */
const portMin = 1024;

/**
 * What is wrong with the URL of an endpoint, as the end of a sentence, or undefined. `allowsLoopback` allows `http://` on
 * this machine. What its name resolves to is checked when a message is sent.
 */
export function faultOfTarget(text: string, allowsLoopback: boolean): string | undefined {
  if (text.length > urlCharactersMax) return `has more than ${urlCharactersMax} characters`;
  if (!URL.canParse(text)) return 'is not a URL';
  const { protocol, username, password, hostname, port, hash } = new URL(text);
  const isLocal = allowsLoopback && isLoopback(hostname);
  if (protocol !== 'https:' && !(isLocal && protocol === 'http:')) return 'must begin with https://';
  if (username !== '' || password !== '') return 'must not hold a user name or a password';
  if (hash !== '') return 'must not hold a fragment';
  if (port !== '' && Number(port) < portMin) return `must have the port 443 or one from ${portMin}`;
  if (isLocal) return undefined;
  return isPublicHost(hostname, allowsLoopback) ? undefined : 'must name a host of the internet';
}

const isLoopback = (hostname: string) =>
  hostname === 'localhost' ||
  (isIP(addressOf(hostname)) !== 0 &&
    isAllowedAddress(addressOf(hostname), true) &&
    !isAllowedAddress(addressOf(hostname), false));

/** Whether a host can be one of the internet by its name alone. */
function isPublicHost(hostname: string, allowsLoopback: boolean): boolean {
  const address = addressOf(hostname);
  if (isIP(address) !== 0) return isAllowedAddress(address, allowsLoopback);
  const labels = hostname.replace(/\.$/, '').split('.');
  return labels.length > 1 && !localNames.has(labels.at(-1) ?? '');
}

/** Top-level names that no public host has. */
const localNames = new Set([
  'localhost',
  'local',
  'internal',
  'intranet',
  'lan',
  'home',
  'corp',
  'arpa',
  'onion',
]);

/** The host of a URL as an address: without the brackets of IPv6. */
export function addressOf(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}
