import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Program, startProgram } from './processes.ts';

const run = promisify(execFile);
const folder = join(import.meta.dirname, '../peer');
const install = ['install', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];

/** The URL of the peer, and the keys that it knows. */
export interface Peer {
  url: string;
  keys: readonly string[];
}

/** Starts the peer in its own process, on its own database. The first start installs its packages. */
export async function startPeer(
  databaseUrl: string,
  connectionsMax: number,
  keys: number,
): Promise<Program<Peer>> {
  if (!isInstalled()) {
    console.log('Installing the peer. The first installation takes about a minute …');
    await run('npm', install, { cwd: folder, timeout: 300_000 });
  }
  return startProgram<Peer>('../peer/server.mjs', [databaseUrl, String(connectionsMax), String(keys)]);
}

/** Whether every package of the peer is installed in exactly the version that it names. */
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
