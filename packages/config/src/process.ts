import { ConfigFault, type Environment } from './read.ts';

/** Closes everything that a process has opened. It is called once. */
export type Stop = () => Promise<void>;

const drainSeconds = 10;

/** What a process tells its parent when it serves. The log says so too, at a level that may be off. */
export const readyMessage = 'ready';

/**
 * Runs a process from its environment until SIGTERM or SIGINT. A process with an IPC channel to its parent also ends
 * when the parent ends, and tells it by `readyMessage` that it serves. A fault at the start prints one line and exits with status 1.
 */
export async function runProcess(name: string, start: (env: Environment) => Promise<Stop>): Promise<void> {
  let stop: Stop;
  const orphaned = (): never => process.exit(1);
  // The parent may end before the listener below is added, and then there is no event.
  if (process.send !== undefined && !process.connected) orphaned();
  process.once('disconnect', orphaned);
  try {
    stop = await start(process.env);
  } catch (fault) {
    console.error(`${name}: ${describeStartFault(fault)}`);
    process.exit(1);
  }
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(1), drainSeconds * 1000).unref();
    stop().then(
      () => process.exit(0),
      (fault: unknown) => {
        console.error(`${name}: ${describeStartFault(fault)}`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  process.off('disconnect', orphaned);
  process.on('disconnect', end);
  // The parent may have ended; then the channel says so.
  process.send?.(readyMessage, undefined, {}, () => undefined);
}

/** Describes a fault in one line for a person, without a stack trace. */
export function describeStartFault(fault: unknown): string {
  if (fault instanceof ConfigFault) return fault.message;
  if (!(fault instanceof Error)) return String(fault);
  const address =
    'address' in fault ? `${String(fault.address)}:${'port' in fault ? String(fault.port) : ''}` : '';
  if ('code' in fault && fault.code === 'EADDRINUSE') return `${address} is taken by another program`;
  if ('code' in fault && fault.code === 'EACCES') return `${address} may not be used: ${fault.message}`;
  return fault.message;
}

/** The environment of this process. Only this package reads it. */
export function currentEnvironment(): Environment {
  return process.env;
}

/**
 * Adds the settings of a file to those of the environment, which take precedence. Without a name it is `.env` in the
 * current folder, if that exists. Throws when a named file cannot be read.
 */
export function loadEnvironmentFile(file: string | undefined): void {
  try {
    process.loadEnvFile(file ?? '.env');
  } catch (fault) {
    const isMissing = fault instanceof Error && 'code' in fault && fault.code === 'ENOENT';
    if (file === undefined && isMissing) return;
    throw new Error(`The environment file ${file ?? '.env'} cannot be read`, { cause: fault });
  }
}

/** Runs a command. A fault prints one line and sets exit status 1. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (fault) {
    console.error(describeStartFault(fault));
    process.exitCode = 1;
  }
}
