import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { launchPostgres } from './launch.ts';

const script = `import { launchPostgres } from ${JSON.stringify(join(import.meta.dirname, 'launch.ts'))};
const postgres = await launchPostgres({ folder: process.argv[1], fsync: false });
console.log(postgres.socketFolder);
setInterval(() => undefined, 1000);`;

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}

async function serverId(folder: string): Promise<number> {
  return Number((await readFile(join(folder, 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

it('ends the server when it is stopped', async () => {
  const folder = await mkdtemp('/tmp/tenantry-launch-');
  const postgres = await launchPostgres({ folder, fsync: false });
  const id = await serverId(folder);
  expect(isAlive(id)).toBe(true);
  await postgres.stop();
  expect(isAlive(id)).toBe(false);
  await rm(folder, { recursive: true });
});

it('ends the server when its parent is killed', async () => {
  const folder = await mkdtemp('/tmp/tenantry-launch-');
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script, folder]);
  await once(parent.stdout, 'data');
  const id = await serverId(folder);
  expect(isAlive(id)).toBe(true);
  parent.kill('SIGKILL');
  await expect.poll(() => isAlive(id), { timeout: 10_000 }).toBe(false);
  await rm(folder, { recursive: true });
});
