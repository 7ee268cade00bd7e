import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** Why the app cannot start on this machine, in one line for a person. */
class SetupError extends Error {
  override readonly name = 'SetupError';
}

/** Creates the data folder with its subfolders. Throws a SetupError if the folder cannot be written. */
export function prepareFolder(folder: string): void {
  try {
    mkdirSync(join(folder, 'logs'), { recursive: true });
    mkdirSync(join(folder, 'files'), { recursive: true });
    writeFileSync(join(folder, '.writable'), '');
    rmSync(join(folder, '.writable'));
  } catch (fault) {
    throw new SetupError(
      `The data folder ${folder} cannot be written: ${fault instanceof Error ? fault.message : String(fault)}`,
    );
  }
}

/**
 * Locks the data folder for this process and answers the unlock function. Throws a SetupError while another running
 * process holds the lock.
 */
export function lockFolder(folder: string): () => void {
  const file = join(folder, 'tenantry.pid');
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch {
      const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
      if (holder > 0 && isAlive(holder))
        throw new SetupError(`Tenantry already runs on ${folder} (process ${holder}). Stop it first.`);
      rmSync(file, { force: true });
    }
  }
  throw new SetupError(`The data folder ${folder} could not be locked. Start again.`);
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (fault) {
    return fault instanceof Error && 'code' in fault && fault.code === 'EPERM';
  }
}

/** The port of an environment variable, or its default. Throws a SetupError if the value is not a port. */
export function portOf(variable: string, fallback: number): number {
  const text = process.env[variable] || String(fallback);
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw new SetupError(`${variable} must be a port number from 1 to 65535.`);
}

/** Throws a SetupError if another program listens on the port. */
export async function requireFreePort(host: string, port: number, variable: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', () => {
      reject(
        new SetupError(`Port ${port} on ${host} is in use. Free it, or set ${variable} to another port.`),
      );
    });
    server.listen(port, host, () => server.close(() => resolve()));
  });
}
