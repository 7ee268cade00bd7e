import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Child, lastLine, startChild } from './child.ts';

/** The environment of the app's processes. */
export type Env = Record<string, string | undefined>;

/** Something that was started and must be stopped. */
export interface Opened {
  stop(): Promise<void>;
}

/** The folder of the clone. */
export const clone = resolve(import.meta.dirname, '../../..');
const runFile = promisify(execFile);

/** Runs a command of `tenantry`. Answers the last line of its output, or throws the last line of its error output. */
export async function runCli(env: Env, command: string): Promise<string> {
  const { stdout } = await runFile(process.execPath, [join(clone, 'apps/cli/src/main.ts'), command], {
    env: { ...env, NO_COLOR: '1' },
  }).catch((fault: { stderr?: string; stdout?: string }) => {
    throw new Error(`tenantry ${command} failed: ${(fault.stderr ?? '').trim().split('\n').at(-1)}`);
  });
  return stdout.trim().split('\n').at(-1) ?? '';
}

/** Starts the local stand-in for a model. Answers the process and its URL. */
export async function startProvider(env: Env, logs: string): Promise<{ child: Child; url: string }> {
  const { child, line } = await startChild({
    name: 'provider',
    program: join(clone, 'packages/testing/src/provider/main.ts'),
    words: ['--port', '0'],
    env,
    logFile: join(logs, 'provider.log'),
    isReady: (text) => text.startsWith('{"url"'),
  });
  const { url }: { url: string } = JSON.parse(line);
  return { child, url };
}

async function startApp(name: string, env: Env, logs: string): Promise<Child> {
  const { child } = await startChild({
    name,
    program: join(clone, `apps/${name}/src/main.ts`),
    env,
    logFile: join(logs, `${name}.log`),
  });
  return child;
}

/** Starts the three processes in parallel. The API is last in `open`, so it drains first. */
export async function startApps(
  env: Env,
  logs: string,
  open: Opened[],
  end: (code: number) => Promise<void>,
): Promise<void> {
  const names = ['worker', 'admin', 'api'];
  const started = await Promise.allSettled(names.map((name) => startApp(name, env, logs)));
  for (const one of started) if (one.status === 'fulfilled') open.push(one.value);
  for (const one of started) if (one.status === 'rejected') throw one.reason;
  for (const one of started) {
    if (one.status === 'rejected') continue;
    const { name, process: child } = one.value;
    child.once('exit', (code) => {
      if (code !== 0) console.error(`The ${name} process ended: ${lastLine(join(logs, `${name}.log`))}`);
      void end(code === 0 ? 0 : 1);
    });
  }
}
