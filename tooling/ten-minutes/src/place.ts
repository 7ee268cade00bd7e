import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { clone } from '@tenantry/source/files';

/** Where a new user works: a folder with the clone, the folder of a product beside it, and the data of the demo. */
export interface Place {
  readonly clone: string;
  readonly product: string;
  readonly data: string;
  remove(): Promise<void>;
}

/** Makes the folders outside the workspace. The clone in them is a link to this one. */
export async function makePlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'tenantry-ten-minutes-'));
  // PostgreSQL runs as another user than root.
  await chmod(folder, 0o711);
  const place = {
    clone: join(folder, 'tenantry'),
    product: join(folder, 'product'),
    data: join(folder, 'data'),
  };
  await symlink(clone, place.clone);
  await mkdir(place.product);
  return { ...place, remove: () => rm(folder, { recursive: true, maxRetries: 5 }) };
}

/** The environment of a new shell: this Node is the first in the path, and npm has set nothing. */
export function shellEnvironment(): Record<string, string> {
  const own = Object.entries(process.env).filter(([name]) => !/^(?:npm_|NODE_ENV$|VITEST)/i.test(name));
  const path = [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter);
  return { ...Object.fromEntries(own.map(([name, value = '']) => [name, value])), PATH: path };
}

/** Runs a command of the page in a shell. Answers what it prints; throws with what it printed as errors. */
export async function runInShell(command: string, folder: string): Promise<string> {
  const options = { cwd: folder, env: shellEnvironment() };
  const { stdout } = await promisify(execFile)('sh', ['-ec', command], options).catch(
    (fault: { stdout: string; stderr: string }) => {
      throw new Error(`${command}\n${fault.stdout}${fault.stderr}`);
    },
  );
  return stdout.trim();
}
