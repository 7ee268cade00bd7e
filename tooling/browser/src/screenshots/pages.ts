import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const source = join(import.meta.dirname, '../../../../apps/admin/web/src');

/** The paths of the pages of the console, as its routes name them; those with parameters stand last. */
export function pathsOfRoutes(): string[] {
  const files = globSync('routes*.tsx', { cwd: source }).map((file) =>
    readFileSync(join(source, file), 'utf8'),
  );
  const paths = files.flatMap((text) =>
    [...text.matchAll(/\bpath: '([^']+)'/g)].map(([, path]) => path ?? ''),
  );
  return [...new Set(paths)].toSorted(
    (one, other) => Number(one.includes('$')) - Number(other.includes('$')),
  );
}

/** Whether an address is of the page at a path with parameters: `/accounts/$accountId`. */
export function isOfPath(address: string, path: string): boolean {
  const given = address.split(/[?#]/)[0]?.split('/') ?? [];
  const parts = path.split('/');
  return (
    given.length === parts.length &&
    parts.every((part, place) => (part.startsWith('$') ? given[place] !== '' : part === given[place]))
  );
}

/** What a picture of a page is called: its path without what a file name cannot have. */
export const nameOfPath = (path: string): string =>
  path === '/' ? 'start' : path.slice(1).replaceAll('$', '').replaceAll('/', '-');
