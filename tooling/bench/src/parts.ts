import { type BenchDatabase, openBenchCluster } from './database.ts';
import { seedAccounts } from './accounts.ts';
import { ledgerHold, pipelinedHold, plainHold } from './hold-scripts.ts';
import { holdInProcess, openBenchLedger } from './in-process.ts';
import { type PgbenchRun, pgbench } from './pgbench.ts';
import { inFolder } from './processes.ts';
import { type Row, type Rounds, inRounds, settled } from './rounds.ts';

const accounts = 10_000;
const inFlight = 32;
const whole = 'the whole';

/** A role that row security does not bind, with the rights of one that it does. */
const unbound = 'create role bench_unbound login bypassrls in role tenantry_api';
/** Lets a connection leave out the checks of foreign keys. */
const unkeyed = 'grant set on parameter session_replication_role to tenantry_api';

/** What each piece of our transaction costs: pgbench runs it whole, then with one piece taken away at a time. */
export async function benchParts(): Promise<void> {
  await inFolder(async (folder) => {
    const cluster = await openBenchCluster(folder, { fsync: true });
    const database = await cluster.openDatabase('bench');
    await seedAccounts(database, accounts);
    for (const sql of [unbound, unkeyed]) await database.run(sql);
    const ledger = openBenchLedger(database, 16);
    try {
      for (const over of [accounts, 1]) {
        const inProcess = settled({
          name: 'the ledger, in process',
          run: (seconds) => holdInProcess(ledger, { inFlight, accounts: over }, seconds),
        });
        const rows = [...variants(database, over).map((one) => rowOf(folder, one)), inProcess];
        print(over, await inRounds(rows, { rounds: 3, seconds: 3 }));
      }
    } finally {
      await ledger.close();
      await cluster.stop();
    }
  });
}

const rowOf = (folder: string, one: PgbenchRun): Row => ({
  name: one.name,
  run: (seconds) => pgbench(folder, one, seconds),
});

function variants(database: BenchDatabase, over: number): PgbenchRun[] {
  const run = (name: string, script: string, more: Partial<PgbenchRun> = {}): PgbenchRun => {
    return { name, script, url: database.url('tenantry_api'), clients: inFlight, ...more };
  };
  const free = { url: database.url('bench_unbound') };
  return [
    run(whole, plainHold(over)),
    run('without row security', plainHold(over), free),
    run('without row security and its context', plainHold(over, ['context']), free),
    run('without the checks of foreign keys', plainHold(over), {
      settings: { session_replication_role: 'replica' },
    }),
    run('without the chain of hashes', plainHold(over, ['chain'])),
    run('without grants', plainHold(over, ['grants'])),
    run('without looking for overdue holds', plainHold(over, ['overdue'])),
    run('without waiting for the disk', plainHold(over), { settings: { synchronous_commit: 'off' } }),
    run('in one round trip instead of nine', pipelinedHold(over)),
    run("the ledger's statements, with their JSON, in six", ledgerHold(over)),
  ];
}

function print(over: number, { names, median, ratio }: Rounds): void {
  const place = over === 1 ? 'one account' : `${over} accounts`;
  console.log(
    `\n${place}, ${inFlight} in flight\n\n| our transaction | a second | ÷ the whole |\n|---|---:|---:|`,
  );
  for (const name of names)
    console.log(`| ${name} | ${median(name).perSecond.toFixed(0)} | ${ratio(name, whole).toFixed(2)} |`);
}
