import { openTestDatabase } from '@tenantry/testing/database';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { forgetCounts, jobs, prepareJobs, workJobs } from './jobs.ts';
import { openOrm } from './orm.ts';
import { openDatabase } from './transaction.ts';

describe('the jobs', () => {
  it('run as the worker’s role, which owns nothing, and tell of their faults', async () => {
    const app = await openTestDatabase();
    await prepareJobs(app.url('tenantry_owner'));
    await prepareJobs(app.url('tenantry_owner'));
    const ran: string[] = [];
    const faults: unknown[] = [];
    const stop = await workJobs(
      app.url('tenantry_worker'),
      {
        'credit.expire': async () => void ran.push('credit.expire'),
        'throttle.forget': () => Promise.resolve(),
        'overview.measure': () => Promise.resolve(),
        'platform.measure': () => Promise.resolve(),
        'outbox.forget': () => Promise.resolve(),
        'subscription.live': () => Promise.resolve(),
        'idempotency.forget': () => Promise.reject(new Error('a fault')),
      },
      (fault) => faults.push(fault),
    );
    const client = new pg.Client({ connectionString: app.url('tenantry_owner') });
    await client.connect();
    for (const name of Object.keys(jobs))
      await client.query('insert into pgboss.job (name, data) values ($1, $2)', [name, '{}']);
    await expect.poll(() => ran, { timeout: 15_000 }).toEqual(['credit.expire']);
    await expect.poll(() => String(faults[0]), { timeout: 15_000 }).toBe('Error: a fault');
    const { rows } = await client.query('select name, cron from pgboss.schedule order by name');
    expect(rows).toEqual(Object.entries(jobs).map(([name, cron]) => ({ name, cron })));
    await stop();
    await client.end();
    await app.close();
  }, 60_000);

  it('forget the counts of e-mails that no bound looks at any more, as the worker’s role', async () => {
    const app = await openTestDatabase();
    const now = new Date('2026-03-02T12:00:00Z');
    await app.query(
      `insert into email_bound (bound_key, sent_at) values ('old', array[$1::timestamptz - interval '25 hours']),
       ('recent', array[$1::timestamptz - interval '25 hours', $1::timestamptz - interval '23 hours'])`,
      [now],
    );
    const database = openDatabase(await openOrm(app.url('tenantry_worker'), 1));
    await database.withoutAccount.write({}, (tx) => forgetCounts(tx, now));
    await database.close();
    expect(await app.query('select bound_key from email_bound')).toEqual([{ bound_key: 'recent' }]);
    await app.close();
  });
});
