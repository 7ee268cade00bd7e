import { ConfigFault, type Environment } from './read.ts';

/** Ends everything a process has opened; called once. */
export type Stop = () => Promise<void>;

const drainSeconds = 10;

/**
 * Runs a process from its environment until SIGTERM, SIGINT, or, when a parent holds a channel to it, until that
 * parent is gone. A fault at the start is one line and exit status 1.
 */
export async function runProcess(name: string, start: (env: Environment) => Promise<Stop>): Promise<void> {
  let stop: Stop;
  const orphaned = (): never => process.exit(1);
  // A parent that goes while this process starts would not be missed later.
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
}

/** One line for a person: what is wrong, and nothing of the inside when it is known. */
export function describeStartFault(fault: unknown): string {
  if (fault instanceof ConfigFault) return fault.message;
  if (!(fault instanceof Error)) return String(fault);
  const address =
    'address' in fault ? `${String(fault.address)}:${'port' in fault ? String(fault.port) : ''}` : '';
  if ('code' in fault && fault.code === 'EADDRINUSE') return `${address} is taken by another program`;
  if ('code' in fault && fault.code === 'EACCES') return `${address} may not be used: ${fault.message}`;
  return fault.message;
}

/** The environment of this process; only this room reads it. */
export function currentEnvironment(): Environment {
  return process.env;
}

/** Runs a command; a fault is one line and exit status 1. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (fault) {
    console.error(describeStartFault(fault));
    process.exitCode = 1;
  }
}
