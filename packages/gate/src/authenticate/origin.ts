import type { Incoming } from '../incoming.ts';

/**
 * Whether a browser's change by cookie comes from an origin that may make it. A browser that names no origin says that the
 * page is of the same one.
 */
export function isAllowedOrigin(
  { origin, fetchSite }: Pick<Incoming, 'origin' | 'fetchSite'>,
  origins: ReadonlySet<string>,
): boolean {
  return origin === undefined ? fetchSite === 'same-origin' : origins.has(origin);
}
