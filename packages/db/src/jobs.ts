import { databaseTimeouts } from '@tenantry/domain/timeouts';
import { rows } from './sql.ts';
import type { Transaction } from './transaction.ts';
import pg from 'pg';
import { PgBoss } from 'pg-boss';

/** The scheduled jobs with their cron expressions. Each cleans up or measures, and no call waits for it. */
export const jobs = {
  'credit.expire': '* * * * *',
  'idempotency.forget': '17 * * * *',
  'outbox.forget': '41 * * * *',
  'overview.measure': '* * * * *',
  'platform.measure': '* * * * *',
  'subscription.live': '* * * * *',
  'throttle.forget': '*/10 * * * *',
} as const;
export type JobName = keyof typeof jobs;

const schema = 'pgboss';

/** Creates the schema of pg-boss with its queues and schedule, as the owner. Idempotent. */
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

/** Runs one function for each job of the queues. Answers a function that stops the work. */
export async function workJobs(
  workerUrl: string,
  work: Record<JobName, () => Promise<void>>,
  onFault: (fault: unknown) => void,
): Promise<() => Promise<void>> {
  // Its pool closes a connection whose statement runs into this bound.
  const bounds = { query_timeout: databaseTimeouts.silenceMilliseconds };
  const boss = new PgBoss({
    ...bounds,
    connectionString: workerUrl,
    schema,
    migrate: false,
    max: 4,
    application_name: 'worker',
    connectionTimeoutMillis: databaseTimeouts.connectMilliseconds,
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

/** No bound of e-mails looks further back than this. */
const forgetEmails = `delete from email_bound
  where (select max(at) from unnest(sent_at) as at) < $1::timestamptz - interval '1 day'`;

/** Deletes the counts of calls and of e-mails whose window is over. */
export async function forgetCounts(tx: Transaction, now: Date): Promise<void> {
  await rows(tx, 'delete from throttle_bucket where expire < $1', [now.getTime()]);
  await rows(tx, forgetEmails, [now.toISOString()]);
}
