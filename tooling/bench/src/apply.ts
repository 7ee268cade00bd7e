import { versionedFile } from '@tenantry/testing/apply-load/catalogue';
import { type Use, startHolds } from '@tenantry/testing/apply-load/holds';
import { startLists } from '@tenantry/testing/apply-load/lists';
import { watchLockWaits } from '@tenantry/testing/apply-load/lock-waits';
import { wrongEntries } from '@tenantry/testing/apply-load/wrong-entries';
import { caller } from '@tenantry/testing/caller';
import { runTenantry } from '@tenantry/testing/tenantry';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { giveKeys, seedAccounts } from './accounts.ts';
import { makeBenchKey } from './bench-key.ts';
import { type BenchDatabase, openBenchCluster } from './database.ts';
import { inFolder, startProgram } from './processes.ts';
import { median } from './rounds.ts';

const size = { plans: 50, operations: 500 };
const accounts = 50;
const connectionsMax = 32;
/** What is sent; never more than ten minutes of it. */
const perSecond = Number(process.env['BENCH_RATE'] ?? 200);
const holdsMax = perSecond * 600;
const applies = Number(process.env['BENCH_ROUNDS'] ?? 5);
const [warmUpSeconds, pauseSeconds] = [5, 1];
const stallGoalMilliseconds = 250;

/** When an apply ran, and an equal time without one just before it, in milliseconds of `performance.now()`. */
interface Window {
  quietFrom: number;
  from: number;
  to: number;
}

/**
 * Applies a catalogue of 50 plans and 500 operations, of which every price changes, by the command line while holds and
 * settles arrive at a steady rate. Prints how many failed or mixed two prices, and the longest call during an apply beside
 * the longest in an equal time without one.
 */
export async function benchApply(): Promise<void> {
  await inFolder(async (folder) => {
    const cluster = await openBenchCluster(folder, { fsync: true });
    const database = await cluster.openDatabase('bench');
    await seedAccounts(database, accounts);
    const bearers = await giveKeys(database, accounts);
    // Before anything is measured: to write a file takes this process a while.
    for (let version = 1; version <= applies + 1; version += 1)
      await writeFile(fileOf(folder, version), versionedFile(version, size));
    await apply(database, folder, 1);
    const words = [database.url('tenantry_api'), folder, String(connectionsMax)];
    const server = await startProgram<{ url: string }>('credit-server.ts', words);
    try {
      const api = caller(server.urls.url);
      const lister = await makeBenchKey(api.url, database, ['operation:run']);
      const versions = { committed: 1, begun: 1 };
      const load = { api, bearers, operations: size.operations, perSecond, holdsMax, versions };
      const locks = await watchLockWaits(database.url('postgres'));
      const [holds, lists] = [startHolds(load), startLists(api, lister, size)];
      await wait(warmUpSeconds * 1000);
      const windows = await applyAll(database, folder, versions);
      const [uses, listed] = [await holds.stop(), await lists.stop()];
      const { waits } = await locks.stop();
      const wrong = await database.count(wrongEntries);
      print({ uses, listed, wrong, waits, windows });
    } finally {
      await server.stop();
      await cluster.stop();
    }
  });
}

async function applyAll(
  database: BenchDatabase,
  folder: string,
  versions: { committed: number; begun: number },
): Promise<Window[]> {
  const windows: Window[] = [];
  // As long as an apply takes, so that the time before it has none in it.
  let quietMilliseconds = 3000;
  for (let version = 2; version < 2 + applies; version += 1) {
    await wait(quietMilliseconds + pauseSeconds * 1000);
    versions.begun = version;
    const from = performance.now();
    await apply(database, folder, version);
    const to = performance.now();
    versions.committed = version;
    windows.push({ quietFrom: from - Math.min(to - from, quietMilliseconds), from, to });
    quietMilliseconds = Math.max(quietMilliseconds, to - from);
  }
  await wait(pauseSeconds * 1000);
  return windows;
}

const fileOf = (folder: string, version: number) => join(folder, `catalogue-${version}.yaml`);

async function apply(database: BenchDatabase, folder: string, version: number): Promise<void> {
  const settings = { MIGRATION_DATABASE_URL: database.url('tenantry_owner') };
  const { code, text } = await runTenantry(['catalogue', 'apply', fileOf(folder, version)], settings);
  if (code !== 0 || !text.endsWith('550 changed.')) throw new Error(`The apply failed: ${text}`);
}

interface Seen {
  uses: readonly Use[];
  listed: { read: number; mixed: number };
  wrong: number;
  waits: number;
  windows: readonly Window[];
}

/** The longest call of those that were under way at some time of a window. */
const longest = (uses: readonly Use[], from: number, to: number) =>
  Math.max(
    0,
    ...uses.flatMap(({ calls }) =>
      calls
        .filter(({ dueAt, milliseconds }) => dueAt < to && dueAt + milliseconds > from)
        .map(({ milliseconds }) => milliseconds),
    ),
  );

function print({ uses, listed, wrong, waits, windows }: Seen): void {
  const count = (test: (use: Use) => boolean) => uses.filter(test).length;
  const rows = windows.map(({ quietFrom, from, to }) => ({
    seconds: (to - from) / 1000,
    during: longest(uses, from, to),
    quiet: longest(uses, quietFrom, from),
  }));
  const stall = Math.max(...rows.map(({ during }) => during));
  console.log(
    `\n${applies} applies of ${size.plans} plans and ${size.operations} operations under ${perSecond} holds/s\n`,
  );
  console.log(
    '| apply | took s | longest call ms | without an apply ms | ratio |\n|---|---:|---:|---:|---:|',
  );
  for (const [index, { seconds, during, quiet }] of rows.entries())
    console.log(
      `| ${index + 1} | ${seconds.toFixed(2)} | ${during.toFixed(0)} | ${quiet.toFixed(0)} | ${(during / quiet).toFixed(2)} |`,
    );
  console.log(
    `\n${uses.length} holds, ${count(({ isAcross }) => isAcross)} of them across an apply: ` +
      `${count(({ failed }) => failed !== undefined)} failed, ${count(({ isMixed }) => isMixed)} mixed, ${wrong} wrong entries; ` +
      `${listed.mixed} of ${listed.read} lists mixed; ` +
      `the API was seen ${waits} times to wait for a lock of an apply`,
  );
  console.log(
    `Longest stall ${stall.toFixed(0)} ms (goal ${stallGoalMilliseconds}), median ratio ${median(
      rows.map(({ during, quiet }) => during / quiet),
    ).toFixed(2)}`,
  );
}
