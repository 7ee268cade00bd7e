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

/** Creates a role that bypasses row security and otherwise has the rights of `tenantry_api`. */
const unrestricted = 'create role bench_unrestricted login bypassrls in role tenantry_api';
/** Lets a connection turn off foreign key checks. */
const unkeyed = 'grant set on parameter session_replication_role to tenantry_api';

/** Measures each part of our transaction: pgbench runs it whole, and then without one part at a time. */
export async function benchParts(): Promise<void> {
  await inFolder(async (folder) => {
    const cluster = await openBenchCluster(folder, { fsync: true });
    const database = await cluster.openDatabase('bench');
    await seedAccounts(database, accounts);
    for (const sql of [unrestricted, unkeyed]) await database.run(sql);
    const ledger = openBenchLedger(database, 16);
    try {
      for (const over of [accounts, 1]) {
        const groupCommit = settled({
          name: 'the group commit, in process',
          run: (seconds) => holdInProcess(ledger, { inFlight, accounts: over }, seconds),
        });
        const rows = [...variants(database, over).map((one) => rowOf(folder, one)), groupCommit];
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
  const free = { url: database.url('bench_unrestricted') };
  return [
    run(whole, plainHold(over)),
    run('without row security', plainHold(over), free),
    run('without row security and its context', plainHold(over, ['context']), free),
    run('without foreign key checks', plainHold(over), {
      settings: { session_replication_role: 'replica' },
    }),
    run('without the hash chain', plainHold(over, ['chain'])),
    run('without grants', plainHold(over, ['grants'])),
    run('without the look-up of overdue holds', plainHold(over, ['overdue'])),
    run('without waiting for the disk', plainHold(over), { settings: { synchronous_commit: 'off' } }),
    run('in one round trip instead of nine', pipelinedHold(over)),
    run('the statements of the group commit, with their JSON, in six', ledgerHold(over)),
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
