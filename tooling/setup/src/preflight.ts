import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** What is wrong with the folder, the port or the database of a start, in one line for a person. */
class SiteFault extends Error {
  override readonly name = 'SiteFault';
}

/** Makes the data folder with its parts, or says why it cannot. */
export function prepareFolder(folder: string): void {
  try {
    mkdirSync(join(folder, 'logs'), { recursive: true });
    mkdirSync(join(folder, 'files'), { recursive: true });
    writeFileSync(join(folder, '.writable'), '');
    rmSync(join(folder, '.writable'));
  } catch (fault) {
    throw new SiteFault(
      `The folder ${folder} cannot be written: ${fault instanceof Error ? fault.message : ''}`,
    );
  }
}

/** Takes the folder for this process; refuses while another living process has it. Answers how to give it back. */
export function lockFolder(folder: string): () => void {
  const file = join(folder, 'tenantry.pid');
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      return () => rmSync(file, { force: true });
    } catch {
      const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
      if (holder > 0 && isAlive(holder))
        throw new SiteFault(`Tenantry already runs on ${folder} (process ${holder}); stop it first.`);
      rmSync(file, { force: true });
    }
  }
  throw new SiteFault(`The folder ${folder} could not be locked.`);
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (fault) {
    return fault instanceof Error && 'code' in fault && fault.code === 'EPERM';
  }
}

/** The port that a variable names, or its default. */
export function portOf(variable: string, fallback: number): number {
  const text = process.env[variable] || String(fallback);
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= 65_535) return port;
  throw new SiteFault(`${variable} must be a port from 1 to 65535.`);
}

/** Refuses a port that another program listens on. */
export async function requireFreePort(host: string, port: number, variable: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', () => {
      reject(new SiteFault(`Port ${port} on ${host} is taken; free it, or set ${variable} to another.`));
    });
    server.listen(port, host, () => server.close(() => resolve()));
  });
}
