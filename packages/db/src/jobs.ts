import type { Transaction } from './transaction.ts';
import pg from 'pg';
import { PgBoss } from 'pg-boss';

/** The jobs of the house and when they run; each is housekeeping, and nothing waits for it. */
export const jobs = {
  'credit.expire': '* * * * *',
  'idempotency.forget': '17 * * * *',
  'platform.measure': '* * * * *',
  'throttle.forget': '*/10 * * * *',
} as const;
export type JobName = keyof typeof jobs;

const schema = 'pgboss';

/** Creates the queue's own schema with its queues and schedule, as the owner. Idempotent. */
export async function prepareJobs(ownerUrl: string): Promise<void> {
  const boss = new PgBoss({ connectionString: ownerUrl, schema, supervise: false, schedule: false });
  await boss.start();
  for (const [name, cron] of Object.entries(jobs)) {
    await boss.createQueue(name, { retryLimit: 2, deleteAfterSeconds: 86_400 });
    await boss.schedule(name, cron);
  }
  await boss.stop({ graceful: false });
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(`grant usage on schema ${schema} to tenantry_worker`);
    await client.query(
      `grant select, insert, update, delete on all tables in schema ${schema} to tenantry_worker`,
    );
    await client.query(`grant execute on all functions in schema ${schema} to tenantry_worker`);
  } finally {
    await client.end();
  }
}

/** Works the queues with one function for each job until it is stopped. */
export async function workJobs(
  workerUrl: string,
  work: Record<JobName, () => Promise<void>>,
  onFault: (fault: unknown) => void,
): Promise<() => Promise<void>> {
  const boss = new PgBoss({
    connectionString: workerUrl,
    schema,
    migrate: false,
    max: 4,
    application_name: 'worker',
  });
  boss.on('error', onFault);
  await boss.start();
  for (const [name, run] of Object.entries(work)) {
    await boss.work(name, async () => {
      try {
        await run();
      } catch (fault) {
        onFault(fault);
        throw fault;
      }
    });
  }
  return () => boss.stop({ graceful: true, timeout: 5000 });
}

/** Forgets counts whose window is over. */
export async function forgetCounts({ em }: Transaction, now: Date): Promise<void> {
  await em.execute('delete from throttle_bucket where expire < ?', [now.getTime()]);
}
