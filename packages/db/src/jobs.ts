import pg from 'pg';
import { PgBoss } from 'pg-boss';
import { rows } from './sql.ts';
import type { Transaction } from './transaction.ts';

/** The jobs of the app and when they run; each is housekeeping, and nothing waits for it. */
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

/** Before every account. */
export const firstAccountId = '00000000-0000-0000-0000-000000000000';

/**
 * Accounts after one whose holds or grants ran out, or whose next month began, without anybody writing it down, by id;
 * at most 100.
 */
export async function accountsBehindTime(tx: Transaction, now: Date, after: string): Promise<string[]> {
  const behind = await rows<{ account_id: string }>(
    tx,
    `(select distinct account_id from credit_hold where status = 'open' and expires_at <= $1 and account_id > $2
       order by account_id limit 100)
     union (select distinct account_id from credit_grant where available > 0 and expires_at <= $1 and account_id > $2
       order by account_id limit 100)
     union (select account_id from credit_balance where next_grant_at <= $1 and account_id > $2
       order by account_id limit 100)
     order by account_id limit 100`,
    [now.toISOString(), after],
  );
  return behind.map((row) => row.account_id);
}

/** Forgets stored answers whose day is over. */
export async function forgetAnswers(tx: Transaction, now: Date): Promise<void> {
  await rows(tx, 'delete from idempotency_record where expires_at <= $1', [now.toISOString()]);
}

/** Forgets counts whose window is over. */
export async function forgetCounts(tx: Transaction, now: Date): Promise<void> {
  await rows(tx, 'delete from throttle_bucket where expire < $1', [now.getTime()]);
}
