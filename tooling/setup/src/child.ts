import { type ChildProcess, fork } from 'node:child_process';
import { appendFileSync, closeSync, openSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';

/** One process of Tenantry. */
export interface Child {
  name: string;
  process: ChildProcess;
  /** Asks it to end, and makes it end when it does not listen. */
  stop(): Promise<void>;
}

export interface ChildOptions {
  name: string;
  /** The program, a TypeScript file that this Node runs. */
  program: string;
  words?: readonly string[];
  env: Record<string, string | undefined>;
  logFile: string;
  /** Whether a line of its output says that it can serve. */
  isReady: (line: string) => boolean;
  startSeconds?: number;
}

const drainMilliseconds = 12_000;

/**
 * Starts a process in a group of its own, so that a terminal's Ctrl-C reaches the parent alone, with a channel
 * whose closing tells it that the parent is gone. Answers the line that said it is ready; throws its last line.
 */
export async function startChild(options: ChildOptions): Promise<{ child: Child; line: string }> {
  const { name, program, words = [], env, logFile, isReady, startSeconds = 30 } = options;
  const log = openSync(logFile, 'a');
  const started = fork(program, words, { env, detached: true, stdio: ['ignore', 'pipe', log, 'ipc'] });
  closeSync(log);
  const output = started.stdout ?? new PassThrough();
  const child: Child = { name, process: started, stop: () => stopChild(started) };
  const line = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`${name} was not ready within ${startSeconds} s`)),
      startSeconds * 1000,
    );
    started.once('exit', () => reject(new Error(`${name} did not start: ${lastLine(logFile)}`)));
    createInterface({ input: output }).on('line', (text) => {
      appendFileSync(logFile, `${text}\n`);
      if (!isReady(text)) return;
      clearTimeout(timer);
      resolve(text);
    });
  }).catch(async (fault: unknown) => {
    await stopChild(started);
    throw fault;
  });
  return { child, line };
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), drainMilliseconds);
  await ended;
  clearTimeout(timer);
}

/** The last line of a log that says something. */
export function lastLine(file: string): string {
  return readFileSync(file, 'utf8').trim().split('\n').at(-1) ?? '';
}
