import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';

/** Runs a bench in a temporary folder and then removes the folder. */
export async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tenantry-bench-'));
  await chmod(folder, 0o711);
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A program of the bench in its own process. It ends when its parent disconnects or ends. */
export interface Program<Urls> {
  urls: Urls;
  stop(): Promise<void>;
}

/** Starts a program of this folder. The program prints its URLs as one line of JSON when it is ready. */
export async function startProgram<Urls>(name: string, words: string[]): Promise<Program<Urls>> {
  const child: ChildProcess = fork(join(import.meta.dirname, name), words, {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const lines = createInterface({ input: child.stdout ?? new PassThrough() });
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`${name} ended with status ${String(code)} before it was ready.`);
  });
  const [line] = await Promise.race([once(lines, 'line'), failed]);
  failed.catch(() => undefined);
  const urls: Urls = JSON.parse(String(line));
  return {
    urls,
    stop: async () => {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
