import type { Ledger } from '@tenantry/ledger/group-commit';
import { openOrm } from '@tenantry/db/orm';
import { type Database, openDatabase } from '@tenantry/db/transaction';
import type { Context } from '@tenantry/services/context';
import { getCredits } from '@tenantry/services/credit/get';
import { listEntries } from '@tenantry/services/credit/list-entries';
import { listHolds } from '@tenantry/services/credit/list-holds';
import { accountId } from './accounts.ts';
import { type BenchCluster, openBenchCluster } from './database.ts';
import { type DatabaseSize, fatAccountId, seedDatabase } from './growth-rows.ts';
import { benchCallInfo, holdOne, openBenchLedger } from './in-process.ts';
import { inFolder } from './processes.ts';
import { median } from './rounds.ts';

const small: DatabaseSize = { accounts: 1000, entriesPerAccount: 18, fatHolds: 0 };
const big: DatabaseSize = { accounts: 100_000, entriesPerAccount: 18, fatHolds: 50_000 };
const full: DatabaseSize = { accounts: 1_000_000, entriesPerAccount: 20, fatHolds: 50_000 };
const times = 2000;
const warmUpTimes = 500;
const goal = 1.3;

/** A database of a size, and how to call its accounts. */
interface App {
  size: DatabaseSize;
  ledger: Ledger;
  database: Database;
  close(): Promise<void>;
}

/** Measures a hold and the balance page in a large database, as a multiple of the same in a small one. */
export async function benchGrowth(words: readonly string[]): Promise<void> {
  const grown = words.includes('--full') ? full : big;
  await inFolder(async (folder) => {
    const cluster = await openBenchCluster(folder, { fsync: true });
    const apps: App[] = [];
    try {
      for (const [name, size] of Object.entries({ small, grown }))
        apps.push(await openStack(cluster, name, size));
      const [little, large] = apps;
      if (little === undefined || large === undefined) throw new Error('The bench needs two databases.');
      const { accounts, entriesPerAccount, fatHolds } = grown;
      const entries = accounts * entriesPerAccount + 4 * fatHolds;
      console.log(`\n${small.accounts} accounts beside ${accounts} with ${entries} entries, one call at a time\n
| p50 | small, ms | grown, ms | ÷ small | large account, ms | ÷ small |\n|---|---:|---:|---:|---:|---:|`);
      await compare('hold', hold, little, large);
      await compare('balance page', balancePage, little, large);
      console.log(`\nGoal: at most ${goal} times. The large account has ${4 * fatHolds} entries.`);
    } finally {
      for (const { close } of apps) await close();
      await cluster.stop();
    }
  });
}

async function openStack(cluster: BenchCluster, name: string, size: DatabaseSize): Promise<App> {
  const rows = await cluster.openDatabase(name);
  const began = performance.now();
  await seedDatabase(rows, size);
  console.log(`${size.accounts} accounts created in ${((performance.now() - began) / 1000).toFixed(0)} s`);
  const ledger = openBenchLedger(rows, 2);
  const database = openDatabase(await openOrm(rows.url('tenantry_api'), 2));
  const close = async () => {
    await ledger.close();
    await database.close();
  };
  return { size, ledger, database, close };
}

const hold = ({ ledger }: App, account: string) => holdOne(ledger, account, false);

/** The reads of a page about an account's credits: the balance, and the first pages of journal and holds. */
async function balancePage({ database }: App, account: string): Promise<void> {
  const call = benchCallInfo();
  const ask = (work: (context: Context) => Promise<unknown>) =>
    database.inAccount.read({ accountId: account }, call, (tx) => work({ tx, ...call }));
  await ask(getCredits);
  await ask((context) => listEntries(context, { limit: 20 }));
  await ask((context) => listHolds(context, { limit: 20 }));
}

/** Times one call in each place in turn. The first place changes each time, so no place has an advantage. */
async function compare(
  what: string,
  call: (app: App, account: string) => Promise<void>,
  little: App,
  large: App,
): Promise<void> {
  const anyOf = ({ size }: App) => accountId(1 + Math.floor(Math.random() * size.accounts));
  const places = [
    () => [little, anyOf(little)] as const,
    () => [large, anyOf(large)] as const,
    () => [large, fatAccountId(large.size)] as const,
  ];
  const took: number[][] = places.map(() => []);
  for (let time = -warmUpTimes; time < times; time += 1)
    for (const [index, place] of rotated([...places.entries()], time + warmUpTimes)) {
      const [app, account] = place();
      const began = performance.now();
      await call(app, account);
      if (time >= 0) took[index]?.push(performance.now() - began);
    }
  const [base = Number.NaN, spread = Number.NaN, fat = Number.NaN] = took.map(median);
  const [milliseconds, part] = [
    (value: number) => value.toFixed(2),
    (value: number) => (value / base).toFixed(2),
  ];
  console.log(
    `| ${what} | ${milliseconds(base)} | ${milliseconds(spread)} | ${part(spread)} | ${milliseconds(fat)} | ${part(fat)} |`,
  );
}

/** The list rotated: the same order, with another element first. */
function rotated<T>(all: readonly T[], by: number): T[] {
  const first = by % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
}
