import { openTestDatabase } from '@tenantry/testing/database';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { jobs, prepareJobs, workJobs } from './jobs.ts';

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
        'platform.measure': () => Promise.resolve(),
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
});
