import { pathToFileURL } from 'node:url';
import { ensureInstalled, run } from './ensure.mjs';

/** Checks that need no database: format, lint and types. Answers whether all hold. */
export function verify() {
  return [
    run('biome', 'format', '.'),
    run('oxlint', '--deny-warnings'),
    run('tsc', '-p', 'tsconfig.json'),
  ].every(Boolean);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  ensureInstalled();
  process.exit(verify() ? 0 : 1);
}
