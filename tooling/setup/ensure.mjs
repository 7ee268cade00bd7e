import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the clone. */
export const root = fileURLToPath(new URL('../../', import.meta.url));
const tools = join(root, '.tenantry', 'tools');
const stampFile = join(root, 'node_modules', '.tenantry-installed');

/** Environment in which the pinned pnpm and the pinned Node come first. */
export const environment = {
  ...process.env,
  TURBO_TELEMETRY_DISABLED: '1',
  PATH: [join(root, 'node_modules', '.bin'), join(tools, 'node_modules', '.bin'), process.env.PATH].join(
    delimiter,
  ),
};

/** Runs a command in the clone and answers whether it succeeded. */
export function run(command, ...words) {
  return spawnSync(command, words, { cwd: root, env: environment, stdio: 'inherit' }).status === 0;
}

/** Installs the pinned pnpm and every package, unless this lockfile is installed already. */
export function ensureInstalled() {
  const lockfile = readFileSync(join(root, 'pnpm-lock.yaml'));
  const stamp = createHash('sha256').update(lockfile).digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  mkdirSync(tools, { recursive: true });
  console.log(`Installing ${packageManager} and the packages of the lockfile …`);
  const installed =
    run('npm', 'install', '--prefix', tools, '--no-save', '--no-audit', '--no-fund', packageManager) &&
    run('pnpm', 'install', '--frozen-lockfile');
  if (!installed) {
    console.error('Installation failed; the lines above say why.');
    process.exit(1);
  }
  writeFileSync(stampFile, stamp);
}
