import type { Ledger } from '@tenantry/ledger/group-commit';
import { openOrm } from '@tenantry/db/orm';
import { type Database, type AccountTransaction, openDatabase } from '@tenantry/db/transaction';
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

/** A house whose accounts are asked one call at a time. */
interface App {
  size: DatabaseSize;
  ledger: Ledger;
  database: Database;
  close(): Promise<void>;
}

/** What a hold and the balance page cost in a house that has grown, as a multiple of what they cost in a small one. */
export async function benchGrowth(words: readonly string[]): Promise<void> {
  const grown = words.includes('--full') ? full : big;
  await inFolder(async (folder) => {
    const cluster = await openBenchCluster(folder, { fsync: true });
    const houses: App[] = [];
    try {
      for (const [name, size] of Object.entries({ small, grown }))
        houses.push(await openStack(cluster, name, size));
      const [little, large] = houses;
      if (little === undefined || large === undefined) throw new Error('a house is missing');
      const { accounts, entriesPerAccount, fatHolds } = grown;
      const entries = accounts * entriesPerAccount + 4 * fatHolds;
      console.log(`\n${small.accounts} accounts beside ${accounts} with ${entries} entries, one call at a time\n
| p50 | small, ms | grown, ms | ÷ small | fat account, ms | ÷ small |\n|---|---:|---:|---:|---:|---:|`);
      await compare('hold', hold, little, large);
      await compare('balance page', balancePage, little, large);
      console.log(
        `\nGoal: no more than ${goal} times. The fat account has ${4 * fatHolds} entries of its own.`,
      );
    } finally {
      for (const { close } of houses) await close();
      await cluster.stop();
    }
  });
}

async function openStack(cluster: BenchCluster, name: string, size: DatabaseSize): Promise<App> {
  const rows = await cluster.openDatabase(name);
  const began = performance.now();
  await seedDatabase(rows, size);
  console.log(`${size.accounts} accounts made in ${((performance.now() - began) / 1000).toFixed(0)} s`);
  const ledger = openBenchLedger(rows, 2);
  const database = openDatabase(await openOrm(rows.url('tenantry_api'), 2));
  const close = async () => {
    await ledger.close();
    await database.close();
  };
  return { size, ledger, database, close };
}

const hold = ({ ledger }: App, account: string) => holdOne(ledger, account, false);

/** What a page of an account's credits asks for: the balance, and the first pages of journal and holds. */
async function balancePage({ database }: App, account: string): Promise<void> {
  const ask = (work: (tx: AccountTransaction) => Promise<unknown>) =>
    database.inAccount.write({ accountId: account }, benchCallInfo(), work);
  await ask(getCredits);
  await ask((tx) => listEntries(tx, { limit: 20 }));
  await ask((tx) => listHolds(tx, { limit: 20 }));
}

/** Times one call of each place in turn, another one first each time, so that nothing falls on one of them alone. */
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

/** The same in the same order, with another one first. */
function rotated<T>(all: readonly T[], by: number): T[] {
  const first = by % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
}
