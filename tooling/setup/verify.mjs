import { pathToFileURL } from 'node:url';
import { ensureInstalled, run } from './ensure.mjs';

const checks = [
  'check:format',
  'check:lint',
  'check:types',
  'check:imports',
  'check:words',
  'check:unused',
  'check:documents',
];

/** Runs the checks that need no database, side by side. A check whose inputs have not changed is not run again. */
export function verify() {
  return run('turbo', 'run', ...checks, '--output-logs=new-only', '--continue=always');
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  ensureInstalled();
  process.exit(verify() ? 0 : 1);
}
