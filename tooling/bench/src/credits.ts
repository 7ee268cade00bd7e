import { openLanes } from '@tenantry/db/lane/lanes';
import { newId } from '@tenantry/db/ids';
import type { Deed } from '@tenantry/db/transact';
import { isRefusal } from '@tenantry/domain/refusals';
import { holdCredits } from '@tenantry/services/credit/hold';
import { openBenchDatabase } from './database.ts';
import { accountId, pgbench } from './pgbench.ts';
import { inFolder } from './processes.ts';

const accounts = 10_000;
const rounds = 3;
const seconds = 5;
const actor = { kind: 'api_key', keyId: newId(), accountId: accountId(1), scopes: [], siteId: null } as const;
const hold = { amount: 1, ttlSeconds: 900, metadata: {} };

type Lanes = ReturnType<typeof openLanes>;

/** What a hold costs: our own transaction run by pgbench beside our service in this process, on one PostgreSQL. */
export async function benchCredits(): Promise<void> {
  await inFolder(async (folder) => {
    const database = await openBenchDatabase(folder, { fsync: true });
    await database.seedAccounts(accounts);
    const url = database.url('tenantry_api');
    const onFault = (fault: Error) => console.error(fault.message);
    const lanes = openLanes(url, { connectionsMax: 16, clock: () => new Date(), onFault });
    try {
      for (const inFlight of [32, 128]) {
        const sql = (script: 'walled' | 'naked', over: number) => () =>
          pgbench(folder, database.url(script === 'naked' ? 'postgres' : 'tenantry_api'), {
            script,
            accounts: over,
            clients: inFlight,
            seconds,
          });
        const own = (over: number, isKeyed: boolean) => () => holdInProcess(lanes, inFlight, over, isKeyed);
        const rows: [string, () => Promise<number>][] = [
          ['pgbench, naked, spread', sql('naked', accounts)],
          ['pgbench, ours, spread', sql('walled', accounts)],
          ['pgbench, ours, one account', sql('walled', 1)],
          ['in process, spread', own(accounts, false)],
          ['in process, one account', own(1, false)],
          ['in process, one account, with idempotency keys', own(1, true)],
        ];
        const results = await measure(rows);
        const of = (name: string) => results.get(name) ?? Number.NaN;
        console.log(
          `\n${inFlight} in flight\n\n| what | holds/s | ÷ pgbench, ours, in the same place |\n|---|---:|---:|`,
        );
        for (const [name, rate] of results) {
          const base = of(name.includes('spread') ? 'pgbench, ours, spread' : 'pgbench, ours, one account');
          console.log(`| ${name} | ${rate.toFixed(0)} | ${(rate / base).toFixed(2)} |`);
        }
      }
      console.log('\nGoals: in process, spread ≥ 0.6; one account with keys ≥ 5 at 32 and ≥ 8 at 128.');
    } finally {
      await lanes.close();
      await database.stop();
    }
  });
}

/** Runs each row in turn, several rounds, and answers medians. */
async function measure(rows: readonly [string, () => Promise<number>][]): Promise<Map<string, number>> {
  const all = new Map<string, number[]>(rows.map(([name]) => [name, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const [name, run] of rows) all.get(name)?.push(await run());
  const median = (values: number[]) =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
  return new Map([...all].map(([name, values]) => [name, median(values)]));
}

/** Holds a credit again and again, so many at once, and answers holds a second; every one must succeed. */
async function holdInProcess(
  lanes: Lanes,
  inFlight: number,
  over: number,
  isKeyed: boolean,
): Promise<number> {
  const until = performance.now() + seconds * 1000;
  let held = 0;
  const caller = async () => {
    while (performance.now() < until) {
      const deed: Deed = { actor, requestId: newId(), now: new Date() };
      const place = { procedure: 'credit.hold', key: deed.requestId, fingerprint: '0'.repeat(64) };
      const key = isKeyed ? ({ ...place, phase: 'once', textOf: JSON.stringify } as const) : undefined;
      const account = accountId(1 + Math.floor(Math.random() * over));
      const answer = await lanes.run(account, { work: holdCredits(hold), deed, key });
      if (isRefusal(answer)) throw new Error(answer.refused);
      held += 1;
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: inFlight }, caller));
  return (held * 1000) / (performance.now() - began);
}
