import { type DatabaseProxy, openDatabaseProxy } from '@tenantry/testing/database-proxy';
import { openTestDatabase } from '@tenantry/testing/database';
import { testCall } from '@tenantry/testing/two-accounts';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isOutOfReach } from './constraints.ts';
import { refuseUnsafe } from './doctor.ts';
import { newId } from './ids.ts';
import { prepareJobs, workJobs } from './jobs.ts';
import { openListener } from './listen.ts';
import { openOrm } from './orm.ts';
import { SilentDatabaseError, closeSilent } from './silent-connections.ts';
import { rows } from './sql.ts';
import { type Database, openDatabase } from './transaction.ts';

let proxy: DatabaseProxy;
beforeEach(async () => {
  proxy = await openDatabaseProxy(await openTestDatabase());
});
afterEach(async () => {
  proxy.thaw();
  await proxy.database.close();
  await proxy.close();
});

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** What a promise fails with, and after how many milliseconds. */
async function failureOf(work: Promise<unknown>): Promise<{ fault: unknown; milliseconds: number }> {
  const began = performance.now();
  const fault: unknown = await work.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  return { fault, milliseconds: performance.now() - began };
}

describe('a connection of a pool', () => {
  it('fails its statements and leaves the pool when the database does not answer, and stays while it is idle', async () => {
    const pool = new pg.Pool({ connectionString: proxy.database.url('tenantry_api'), max: 1 });
    pool.on('error', () => undefined);
    closeSilent(pool, 300);
    await pool.query('select 1');
    await pause(500);
    expect(pool.totalCount).toBe(1);
    const slow = await pool.query<{ one: number }>('select 1 as one from pg_sleep(0.2)');
    expect(slow.rows).toEqual([{ one: 1 }]);
    proxy.freeze();
    const { fault, milliseconds } = await failureOf(pool.query('select 1'));
    expect(fault).toBeInstanceOf(SilentDatabaseError);
    expect(milliseconds).toBeLessThan(1500);
    expect(pool.totalCount).toBe(0);
    proxy.thaw();
    expect((await pool.query<{ one: number }>('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await pool.end();
  });

  it('is not kept busy by a transaction that a silent database left open', async () => {
    const database: Database = openDatabase(await openOrm(proxy.database.url('tenantry_api'), 2));
    const work = (sql: string) =>
      database.inAccount.read({ accountId: newId() }, testCall, (tx) => rows(tx, sql));
    await work('select 1');
    proxy.freeze();
    const failures = await Promise.all(Array.from({ length: 6 }, () => failureOf(work('select 1'))));
    for (const { fault, milliseconds } of failures) {
      expect(isOutOfReach(fault), String(fault)).toBe(true);
      expect(milliseconds).toBeLessThan(12_000);
    }
    proxy.thaw();
    expect(await Promise.all(Array.from({ length: 6 }, () => work('select 1 as one')))).toHaveLength(6);
    await database.close();
  }, 40_000);
});

describe('beside a database that does not answer', () => {
  it('a start ends with its reason', async () => {
    proxy.freeze();
    const { fault, milliseconds } = await failureOf(refuseUnsafe(proxy.database.url('tenantry_api')));
    expect(fault).toBeInstanceOf(Error);
    expect(milliseconds).toBeLessThan(12_000);
  }, 30_000);

  it('the listener does not claim to hear, closes at once, and hears again afterwards', async () => {
    const listener = openListener(proxy.database.url('tenantry_api'), { warn: () => undefined });
    await expect.poll(() => listener.isListening()).toBe(true);
    proxy.freeze();
    await expect.poll(() => listener.isListening(), { timeout: 6000 }).toBe(false);
    await pause(2500);
    proxy.thaw();
    await expect.poll(() => listener.isListening(), { timeout: 8000 }).toBe(true);
    proxy.freeze();
    const { fault, milliseconds } = await failureOf(listener.close());
    expect([fault, milliseconds < 500]).toEqual([undefined, true]);
  }, 30_000);

  it('the jobs go on once it answers again', async () => {
    await prepareJobs(proxy.database.url('tenantry_owner'));
    let runs = 0;
    const faults: unknown[] = [];
    const stop = await workJobs(
      proxy.database.url('tenantry_worker'),
      {
        'credit.expire': async () => void (runs += 1),
        'throttle.forget': () => Promise.resolve(),
        'overview.measure': () => Promise.resolve(),
        'platform.measure': () => Promise.resolve(),
        'outbox.forget': () => Promise.resolve(),
        'subscription.live': () => Promise.resolve(),
        'idempotency.forget': () => Promise.resolve(),
      },
      (fault) => faults.push(fault),
    );
    proxy.freeze();
    await expect.poll(() => faults.length, { timeout: 12_000 }).toBeGreaterThan(0);
    proxy.thaw();
    await proxy.database.query("insert into pgboss.job (name, data) values ('credit.expire', '{}')");
    await expect.poll(() => runs, { timeout: 20_000 }).toBe(1);
    await stop();
  }, 60_000);
});
