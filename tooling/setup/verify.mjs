import { pathToFileURL } from 'node:url';
import { ensureInstalled, run } from './ensure.mjs';

/** Runs the checks that need no database, side by side. A check whose inputs have not changed is not run again. */
export function verify() {
  return run('pnpm', 'run', '--silent', 'checks');
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  ensureInstalled();
  process.exit(verify() ? 0 : 1);
}
