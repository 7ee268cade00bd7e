import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { settingOfRole } from '@tenantry/config/cli';
import { currentEnvironment, readyMessage, runCommand } from '@tenantry/config/process';
import { type Command, Argument } from 'commander';

const names = ['worker', 'admin', 'api'] as const;
type Name = (typeof names)[number];

/** Starts a process without the URL of the schema's owner, which no server needs. */
function start(name: Name): ChildProcess {
  const env = { ...currentEnvironment(), [settingOfRole.owner]: undefined };
  return fork(join(import.meta.dirname, `../../${name}/src/main.ts`), { env, stdio: 'inherit' });
}

/** Waits until a process serves. Throws when it ends first; it has then printed why. */
async function untilReady(name: Name, child: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.on('message', (message) => {
      if (message === readyMessage) resolve();
    });
    child.once('exit', () => reject(new Error(`The ${name} process did not start.`)));
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/**
 * Runs processes until a signal or until one of them ends, and then ends the others: the API first, because it drains.
 * Throws when one ends by itself or does not start.
 */
async function serve(chosen: readonly Name[]): Promise<void> {
  const children = (chosen.length === 0 ? names : chosen).map((name) => ({ name, child: start(name) }));
  const stopAll = async () => {
    for (const { child } of children.toReversed()) await stop(child);
  };
  const signalled = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });
  const ended = Promise.race(
    children.map(async ({ name, child }) => {
      await once(child, 'exit');
      return name;
    }),
  );
  try {
    const ready = Promise.all(children.map(({ name, child }) => untilReady(name, child)));
    await Promise.race([ready, signalled]);
    console.log('Tenantry serves. SIGTERM or Ctrl-C ends it.');
    const first = await Promise.race([ended, signalled]);
    if (first !== undefined) throw new Error(`The ${first} process ended, so all end.`);
  } finally {
    await stopAll();
  }
}

/** Adds the command `serve`. */
export function addServeCommand(program: Command): void {
  program
    .command('serve')
    .description('run the worker, the admin app and the API, or those that are named')
    .addArgument(new Argument('[processes...]', 'worker, admin, api').choices(names))
    .action((chosen: Name[]) => runCommand(() => serve(chosen)));
}
