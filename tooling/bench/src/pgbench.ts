import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Rate } from './rounds.ts';

const run = promisify(execFile);

/** A run of pgbench. */
export interface PgbenchRun {
  /** Names the script's file. */
  name: string;
  script: string;
  /** The database and the role. */
  url: string;
  clients: number;
  /** PostgreSQL settings of these connections. */
  settings?: Readonly<Record<string, string>>;
}

// The time limits of our roles would end clients that wait for one row, and the baseline with them.
const unbounded = { statement_timeout: '0', lock_timeout: '0', idle_in_transaction_session_timeout: '0' };

/** Finds pgbench in Debian's PostgreSQL folders or in the path. Throws if it is missing. */
async function findProgram(): Promise<string> {
  const home = '/usr/lib/postgresql';
  const versions = existsSync(home) ? readdirSync(home).toSorted().toReversed() : [];
  const found = versions.map((version) => join(home, version, 'bin/pgbench')).find(existsSync);
  if (found !== undefined) return found;
  return run('pgbench', ['--version']).then(
    () => 'pgbench',
    () => {
      throw new Error(
        'This bench needs pgbench. On Debian, run `apt-get install postgresql-15`; elsewhere, install the PostgreSQL client tools.',
      );
    },
  );
}

let program: Promise<string> | undefined;

/** Seconds that are not measured: each client connects and fills its caches, which would dominate a short run. */
const settlingSeconds = (clients: number) => Math.ceil(clients / 32) + 2;

/**
 * Runs one script with prepared statements. Answers transactions per second after all clients have started. Throws if a
 * transaction fails.
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
  const progress = [...stderr.matchAll(/progress: ([\d.]+) s, ([\d.]+) tps/g)];
  const rates = progress.flatMap(([, at, rate]) => (Number(at) > settling ? Number(rate) : []));
  if (!/number of failed transactions: 0/.test(stdout) || rates.length === 0)
    throw new Error(`A transaction of pgbench failed, or it reported no rate: ${stdout}`);
  return { perSecond: rates.reduce((sum, rate) => sum + rate, 0) / rates.length };
}
