import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { readyMessage } from '@tenantry/config/process';
import { type Caller, caller } from './caller.ts';
import type { TestApp } from './app.ts';
import { inheritedEnvironment } from './inherited-environment.ts';

/** How a process ended: by itself with a status, or by a signal. */
export type Ending = number | NodeJS.Signals;

/** A program in a separate process, which ends with the test. */
export interface RunningProcess {
  ended: Promise<Ending>;
  signal(name: NodeJS.Signals): void;
}

/** A server in a separate process, on the database of a test app. */
export interface ApiProcess extends Caller, RunningProcess {}

const clone = resolve(import.meta.dirname, '../../..');

/**
 * Starts the API in a separate process with the secrets of a test app, so that its API keys and tokens are valid there.
 */
export async function startApiProcess(
  { database, provider, filesFolder }: TestApp,
  env: Record<string, string> = {},
): Promise<ApiProcess> {
  const port = await freePort();
  return startServer('apps/api/src/main.ts', port, {
    DATABASE_URL: database.url('tenantry_api'),
    API_PORT: String(port),
    PUBLIC_URL: 'http://127.0.0.1',
    ACCESS_TOKEN_SECRET: 'a'.repeat(32),
    SECOND_FACTOR_KEYS: `test:${'s'.repeat(32)}`,
    AI_BASE_URL: provider.url,
    AI_DEADLINE_SECONDS: '30',
    FILES_FOLDER: filesFolder,
    ...env,
  });
}

/** Starts the admin app of a test app in a separate process, on a database that may stand behind a wire. */
export async function startAdminProcess({ filesFolder }: TestApp, databaseUrl: string): Promise<ApiProcess> {
  const port = await freePort();
  return startServer('apps/admin/src/main.ts', port, {
    ADMIN_DATABASE_URL: databaseUrl,
    ADMIN_PORT: String(port),
    SECOND_FACTOR_KEYS: `test:${'s'.repeat(32)}`,
    FILES_FOLDER: filesFolder,
  });
}

async function startServer(program: string, port: number, env: Record<string, string>): Promise<ApiProcess> {
  const { process: child, lines } = run(join(clone, program), [], {
    MODE: 'demo',
    API_KEY_PEPPER: 'p'.repeat(32),
    THROTTLE: 'off',
    ...env,
  });
  const logged: string[] = [];
  const ended = endOf(child);
  lines.on('line', (line) => logged.push(line));
  const ready = readinessOf(child);
  const early = ended.then((ending) => {
    throw new Error(`${program} ended with ${ending}: ${logged.at(-1) ?? ''}`);
  });
  await Promise.race([ready, early]);
  early.catch(() => undefined);
  const signal = (name: NodeJS.Signals) => void child.kill(name);
  return { ...caller(`http://127.0.0.1:${port}`), ended, signal };
}

/** Starts a program of this folder that says when it is ready. `ready` resolves when it ends before that, too. */
export function startProgram(
  name: string,
  words: readonly string[],
): RunningProcess & { ready: Promise<unknown> } {
  const { process: child } = run(join(import.meta.dirname, name), words, {});
  const ended = endOf(child);
  const ready = Promise.race([readinessOf(child), ended]);
  return { ready, ended, signal: (signal) => void child.kill(signal) };
}

/** Resolves when a program says that it is ready. */
function readinessOf(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    child.on('message', (message) => {
      if (message === readyMessage) done();
    });
  });
}

/** Runs a program of this folder to its end. */
export function runProgram(name: string, words: readonly string[]): Promise<Ending> {
  return endOf(run(join(import.meta.dirname, name), words, {}).process);
}

function run(program: string, words: readonly string[], env: Record<string, string>) {
  const started = fork(program, words, {
    env: { ...inheritedEnvironment(), ...env },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  return { process: started, lines: createInterface({ input: started.stdout ?? new PassThrough() }) };
}

async function endOf(child: ChildProcess): Promise<Ending> {
  const [status, signal]: [number | null, NodeJS.Signals | null] = await new Promise((done) => {
    child.once('exit', (...ending) => done(ending));
  });
  return signal ?? status ?? 1;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('there is no free port');
  return address.port;
}
