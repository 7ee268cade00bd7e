import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Program, startProgram } from './processes.ts';

const run = promisify(execFile);
const folder = join(import.meta.dirname, '../peer');
const install = ['install', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];

/** Where the peer verifies a key, and keys that it knows. */
export interface Peer {
  url: string;
  keys: readonly string[];
}

/** Starts the peer in a process of its own, on a database of its own. Its packages are installed the first time. */
export async function startPeer(
  databaseUrl: string,
  connectionsMax: number,
  keys: number,
): Promise<Program<Peer>> {
  if (!isInstalled()) {
    console.log('Installing the peer; the first time takes a minute …');
    await run('npm', install, { cwd: folder, timeout: 300_000 });
  }
  return startProgram<Peer>('../peer/server.mjs', [databaseUrl, String(connectionsMax), String(keys)]);
}

/** Whether every package that the peer names is there in exactly its version. */
function isInstalled(): boolean {
  const { dependencies } = manifest(folder);
  return Object.entries(dependencies ?? {}).every(([name, version]) => {
    try {
      return manifest(join(folder, 'node_modules', name)).version === version;
    } catch {
      return false;
    }
  });
}

function manifest(of: string): { version?: string; dependencies?: Record<string, string> } {
  return JSON.parse(readFileSync(join(of, 'package.json'), 'utf8'));
}
