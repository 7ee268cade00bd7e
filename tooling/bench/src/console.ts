import { openOrm } from '@tenantry/db/orm';
import { insertStaff } from '@tenantry/db/seed';
import { openDatabase } from '@tenantry/db/transaction';
import { digestText } from '@tenantry/identity/opaque-token';
import { hashPassword } from '@tenantry/identity/password';
import { measureOverview } from '@tenantry/services/overview/measure';
import { pageReads } from './console-pages.ts';
import { seedConsole } from './console-rows.ts';
import { type BenchCluster, type BenchDatabase, openBenchCluster } from './database.ts';
import { seedDatabase } from './growth-rows.ts';
import { type Program, inFolder, startProgram } from './processes.ts';

/** `BENCH_ACCOUNTS` and `BENCH_TIMES` make a run shorter. */
const accounts = Number(process.env['BENCH_ACCOUNTS'] ?? 100_000);
const times = Number(process.env['BENCH_TIMES'] ?? 60);
const entriesPerAccount = 10;
const warmUpTimes = 5;
const goal = { milliseconds: 300, times: 3 };
const [email, password] = ['finance@bench.test', 'correct horse battery'];

/** The admin app on a database, with a session of staff once the calls begin. */
interface Console {
  accounts: number;
  server: Program<{ url: string }>;
  token: string;
}

/** Measures the reads of each page of staff in a large database, beside a database with one account. */
export async function benchConsole(): Promise<void> {
  await inFolder(async (folder) => {
    const cluster = await openBenchCluster(folder, { fsync: false });
    const opened: Console[] = [];
    try {
      for (const [name, count] of [
        ['little', 1],
        ['large', accounts],
      ] as const)
        opened.push(await openConsole(cluster, folder, name, count));
      for (const one of opened) one.token = await signIn(one.server.urls.url);
      const [little, large] = opened;
      if (little === undefined || large === undefined) throw new Error('The bench needs two databases.');
      console.log(
        `\n${accounts} accounts with ${accounts * entriesPerAccount} entries, beside one account; ${times} calls of each, in turn\n
| page | read | p95 alone, ms | p95 large, ms | ÷ |\n|---|---|---:|---:|---:|`,
      );
      let missed = 0;
      for (const read of pageReads) missed += await compare(read, little, large);
      console.log(
        `\nGoal: at most ${goal.milliseconds} ms, and ${goal.times} times. Missed by ${missed} of ${pageReads.length}.`,
      );
    } finally {
      for (const { server } of opened) await server.stop();
      await cluster.stop();
    }
  });
}

async function openConsole(
  cluster: BenchCluster,
  folder: string,
  name: string,
  count: number,
): Promise<Console> {
  const database = await cluster.openDatabase(name);
  const began = performance.now();
  await seedDatabase(database, { accounts: count, entriesPerAccount, fatHolds: 0 });
  await seedConsole(database, count);
  await database.run('vacuum analyze');
  await measureAll(database);
  await database.run('vacuum analyze');
  console.log(`${count} accounts created in ${((performance.now() - began) / 1000).toFixed(0)} s`);
  const passwordHash = await hashPassword(password);
  const staff = { email, emailDigest: digestText(email), role: 'finance', passwordHash } as const;
  await insertStaff(database.url('tenantry_owner'), [staff], new Date());
  const server = await startProgram<{ url: string }>('admin-server.ts', [
    database.url('tenantry_admin'),
    `${folder}/${name}`,
    'unthrottled',
  ]);
  return { accounts: count, server, token: '' };
}

/** Signs in as staff of finance. Answers the token; a session that is not used ends, so it is made when the calls begin. */
async function signIn(url: string): Promise<string> {
  const session = await fetch(`${url}/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const { token }: { token: string } = JSON.parse(await session.text());
  return token;
}

/** Counts what the worker counts each minute. */
async function measureAll(database: BenchDatabase): Promise<void> {
  const worker = openDatabase(await openOrm(database.url('tenantry_worker'), 2));
  const began = performance.now();
  await measureOverview({ database: worker, now: new Date() });
  const first = performance.now();
  await measureOverview({ database: worker, now: new Date() });
  const [all, again] = [first - began, performance.now() - first];
  console.log(
    `counted for the overview in ${(all / 1000).toFixed(1)} s, and again in ${again.toFixed(0)} ms`,
  );
  await worker.close();
}

type Read = (typeof pageReads)[number];

/** Prints the times of one read in both places. Answers 1 where a goal is missed, and 0 otherwise. */
async function compare(read: Read, little: Console, large: Console): Promise<number> {
  const took = new Map<Console, number[]>([
    [little, []],
    [large, []],
  ]);
  for (let time = -warmUpTimes; time < times; time += 1)
    for (const place of time % 2 === 0 ? [little, large] : [large, little]) {
      const milliseconds = await ask(read, place);
      if (time >= 0) took.get(place)?.push(milliseconds);
    }
  const [alone, grown] = [p95(took.get(little) ?? []), p95(took.get(large) ?? [])];
  const part = grown / alone;
  console.log(
    `| ${read.page} | ${read.what} | ${alone.toFixed(1)} | ${grown.toFixed(1)} | ${part.toFixed(2)} |`,
  );
  return grown > goal.milliseconds || part > goal.times ? 1 : 0;
}

async function ask(read: Read, { accounts: count, server, token }: Console): Promise<number> {
  const path = read.path(1 + Math.floor(Math.random() * count));
  const began = performance.now();
  const answer = await fetch(`${server.urls.url}/v1${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${text.slice(0, 300)}`);
  return performance.now() - began;
}

function p95(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? Number.NaN;
}
