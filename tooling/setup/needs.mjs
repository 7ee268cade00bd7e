import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

function find(program) {
  const folders = `${process.env.PATH}${delimiter}/usr/sbin${delimiter}/usr/local/bin`.split(delimiter);
  return folders.some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Installs a package of the distribution if this user is root and apt-get exists. Its service does not start. */
function install(name) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  console.log(`Installing ${name} from the distribution for the tests …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const apt = (...words) =>
    spawnSync('apt-get', words, { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
  const words = ['install', '-y', '-qq', '--no-install-recommends', name];
  if (!apt(...words) && apt('update', '-qq')) apt(...words);
}

/**
 * Answers whether a program that tests need exists, after an attempt to install it. If it is missing, prints how to
 * install it; with CI=true the process then ends with status 1.
 */
export function haveProgram(program, packageName) {
  if (!find(program)) install(packageName);
  if (find(program)) return true;
  console.error(
    `${program} is missing. Install it (Debian, Ubuntu: apt-get install ${packageName}; macOS: brew install ${packageName.replace('-server', '')}).`,
  );
  if (process.env.CI === 'true') process.exit(1);
  return false;
}

/** The program folder of Debian's PostgreSQL 15, the oldest version that Tenantry supports, or undefined. */
export function oldestPostgres() {
  const home = '/usr/lib/postgresql';
  const version = existsSync(home) ? readdirSync(home).find((name) => name === '15') : undefined;
  const bin = version === undefined ? undefined : join(home, version, 'bin');
  return bin !== undefined && existsSync(join(bin, 'postgres')) ? bin : undefined;
}
