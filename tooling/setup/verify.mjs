import { pathToFileURL } from 'node:url';
import { ensureInstalled, run } from './ensure.mjs';

const checks = ['check:format', 'check:lint', 'check:types', 'check:imports', 'check:documents'];

/** Checks that need no database, side by side; one whose inputs are as they were is not run again. */
export function verify() {
  return run('turbo', 'run', ...checks, '--output-logs=new-only', '--continue=always');
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  ensureInstalled();
  process.exit(verify() ? 0 : 1);
}
