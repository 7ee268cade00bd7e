import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { whyUnsupported } from './machine.mjs';

/** The folder of the clone. */
export const root = fileURLToPath(new URL('../../', import.meta.url));
const tools = join(root, '.tenantry', 'tools');
const stampFile = join(root, 'node_modules', '.tenantry-installed');

/** The environment of child processes: the pinned pnpm and the pinned Node are first in the path. */
export const environment = {
  ...process.env,
  TURBO_TELEMETRY_DISABLED: '1',
  PATH: [join(root, 'node_modules', '.bin'), join(tools, 'node_modules', '.bin'), process.env.PATH].join(
    delimiter,
  ),
};

/** Runs a command in the folder of the clone. Answers whether it succeeded. */
export function run(command, ...words) {
  return spawnSync(command, words, { cwd: root, env: environment, stdio: 'inherit' }).status === 0;
}

function fail(line) {
  console.error(line);
  process.exit(1);
}

/**
 * Installs the pinned pnpm and the packages of the lockfile if they are missing. `start` installs production
 * dependencies, `all` also the dependencies of tests and checks. An installation for `all` also serves `start`.
 */
export function ensureInstalled(scope = 'all') {
  const { platform, arch, version } = process;
  const isGlibc = process.report.getReport().header.glibcVersionRuntime !== undefined;
  const reason = whyUnsupported({ platform, arch, version, isGlibc });
  if (reason !== undefined) fail(reason);
  const lockfile = createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .digest('hex');
  const stamp = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';
  if (stamp === `${lockfile} all` || stamp === `${lockfile} ${scope}`) return;
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  try {
    mkdirSync(tools, { recursive: true });
  } catch (fault) {
    fail(`The folder ${tools} cannot be written: ${fault.message}`);
  }
  console.log(`Installing ${packageManager} and the packages. The first installation takes about a minute …`);
  const words = scope === 'start' && !stamp.endsWith(' all') ? ['--prod'] : [];
  const installed =
    run(
      'npm',
      'install',
      '--prefix',
      tools,
      '--no-save',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      packageManager,
    ) && // A warning would be about the Node of the machine, and the packages run on the pinned one.
    run('pnpm', 'install', '--frozen-lockfile', '--loglevel=error', ...words);
  if (!installed) fail('The installation failed. The lines above show the reason.');
  writeFileSync(stampFile, `${lockfile} ${words.length === 0 ? 'all' : scope}`);
}
