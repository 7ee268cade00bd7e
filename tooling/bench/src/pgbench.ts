import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Rate } from './rounds.ts';

const run = promisify(execFile);

/** What pgbench is asked to run. */
export interface PgbenchRun {
  /** Names the script's file. */
  name: string;
  script: string;
  /** Who connects, and where. */
  url: string;
  clients: number;
  /** Settings of its connections alone. */
  settings?: Readonly<Record<string, string>>;
}

// The bounds of the house's roles would end clients that queue for one row, and with them the baseline.
const unbounded = { statement_timeout: '0', lock_timeout: '0', idle_in_transaction_session_timeout: '0' };

/** Finds Debian's or the path's pgbench. Throws when there is none, since nothing else can stand for it. */
async function findProgram(): Promise<string> {
  const home = '/usr/lib/postgresql';
  const versions = existsSync(home) ? readdirSync(home).toSorted().toReversed() : [];
  const found = versions.map((version) => join(home, version, 'bin/pgbench')).find(existsSync);
  if (found !== undefined) return found;
  return run('pgbench', ['--version']).then(
    () => 'pgbench',
    () => {
      throw new Error(
        'this bench needs pgbench: on Debian `apt-get install postgresql-15`, elsewhere what brings it',
      );
    },
  );
}

let program: Promise<string> | undefined;

/** Connecting and the first transaction of each client fill caches; a run of some seconds would measure little else. */
const settlingSeconds = (clients: number) => Math.ceil(clients / 32) + 2;

/**
 * Runs one script with prepared statements, and answers transactions a second once all clients are at it; a failed one
 * fails the run.
 */
export async function pgbench(folder: string, one: PgbenchRun, seconds: number): Promise<Rate> {
  program ??= findProgram();
  const { searchParams, hostname, port, username, pathname } = new URL(one.url);
  const file = join(folder, `${one.name.replaceAll(/[^a-z]+/g, '-')}.sql`);
  await writeFile(file, one.script);
  const settling = settlingSeconds(one.clients);
  const clients = ['-c', String(one.clients), '-j', '2', '-T', String(settling + seconds), '-P', '1'];
  const place = ['-h', searchParams.get('host') ?? hostname, '-p', port || '5432', '-U', username];
  const words = ['-n', '-M', 'prepared', '-f', file, ...clients, ...place, pathname.slice(1)];
  const settings = Object.entries({ ...unbounded, ...one.settings });
  const env = { ...process.env, PGOPTIONS: settings.map(([name, value]) => `-c ${name}=${value}`).join(' ') };
  const { stdout, stderr } = await run(await program, words, { env });
  const told = [...stderr.matchAll(/progress: ([\d.]+) s, ([\d.]+) tps/g)];
  const rates = told.flatMap(([, at, rate]) => (Number(at) > settling ? Number(rate) : []));
  if (!/number of failed transactions: 0/.test(stdout) || rates.length === 0)
    throw new Error(`pgbench did not run cleanly: ${stdout}`);
  return { perSecond: rates.reduce((sum, rate) => sum + rate, 0) / rates.length };
}
