import { type ChildProcess, fork } from 'node:child_process';
import { appendFileSync, closeSync, openSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';

/** One child process of `npm start`. */
export interface Child {
  name: string;
  process: ChildProcess;
  /** Sends SIGTERM, and SIGKILL if the process does not end in time. */
  stop(): Promise<void>;
}

export interface ChildOptions {
  name: string;
  /** A TypeScript file, run by this Node. */
  program: string;
  words?: readonly string[];
  env: Record<string, string | undefined>;
  logFile: string;
  /** Whether a line of the output means that the process can serve; without it the process sends `readyMessage`. */
  isReady?: (line: string) => boolean;
  startSeconds?: number;
}

/** What a process of ours sends when it serves (`readyMessage` in packages/config/src/process.ts). */
const readyMessage = 'ready';

const drainMilliseconds = 12_000;

/**
 * Starts a process in its own process group, so a terminal's Ctrl-C reaches only the parent. The IPC channel closes
 * when the parent ends, and the child then ends too. Answers the output line that meant ready, if it was a line. Throws if the process
 * ends first, with the last line of its log, or if it is not ready in time.
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
      () => reject(new Error(`The ${name} process was not ready within ${startSeconds} s. See ${logFile}.`)),
      startSeconds * 1000,
    );
    const serves = (text: string): void => {
      clearTimeout(timer);
      resolve(text);
    };
    started.on('message', (message) => {
      if (isReady === undefined && message === readyMessage) serves('');
    });
    started.once('exit', () => reject(new Error(`The ${name} process did not start: ${lastLine(logFile)}`)));
    createInterface({ input: output }).on('line', (text) => {
      appendFileSync(logFile, `${text}\n`);
      if (isReady?.(text) === true) serves(text);
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

/** The last line of a log that is not empty. */
export function lastLine(file: string): string {
  return readFileSync(file, 'utf8').trim().split('\n').at(-1) ?? '';
}
