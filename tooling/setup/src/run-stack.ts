import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** The local stack in a process of its own, as `npm start` runs it. */
export interface RunningStack {
  readonly process: ChildProcess;
  /** All output so far. */
  text(): string;
  /** Resolves with the exit code; null after a signal that the process does not handle. */
  readonly ended: Promise<number | null>;
}

/** Starts the local stack with these settings beside those of the environment: a folder, ports. Does not wait. */
export function runStack(env: Readonly<Record<string, string>>): RunningStack {
  const words = [join(import.meta.dirname, 'local-stack.ts')];
  const child = spawn(process.execPath, words, { env: { ...process.env, ...env }, stdio: 'pipe' });
  let printed = '';
  child.stdout.on('data', (chunk) => (printed += String(chunk)));
  child.stderr.on('data', (chunk) => (printed += String(chunk)));
  return { process: child, text: () => printed, ended: once(child, 'close').then(([code]) => code) };
}

/** Waits until a stack prints how to use it. Throws when it ends before, with what it printed. */
export async function untilReady({ process: child, text, ended }: RunningStack): Promise<void> {
  const isReady = () => text().includes('Ctrl-C');
  await new Promise<void>((ready) => {
    child.stdout?.on('data', () => isReady() && ready());
    void ended.then(() => ready());
  });
  if (!isReady()) throw new Error(text().trim());
}

/** A port of this machine on which nothing listens. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('there is no free port');
  return address.port;
}
