import { openPool } from '@tenantry/db/pool';
import { openDatabaseProxy } from '@tenantry/testing/database-proxy';
import { type TestDatabase, openTestDatabase } from '@tenantry/testing/database';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bucket, type Throttle, makeThrottle } from './throttle.ts';

let database: TestDatabase;
let pools: ReturnType<typeof openPool>[];
beforeEach(async () => {
  database = await openTestDatabase();
  pools = [];
});
afterEach(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await database.close();
});

/** A throttle as one process has it. */
function openProcess(): Throttle {
  const pool = openPool(database.url('tenantry_api'), () => undefined);
  pools.push(pool);
  return makeThrottle({ pool });
}

const bucket = (id: string, rate: number): Bucket => ({ kind: 'account', id, scope: 'ai_function', rate });

async function allowedOf(throttles: readonly Throttle[], one: Bucket, calls: number): Promise<number> {
  const verdicts = await Promise.all(
    Array.from({ length: calls }, (_, index) =>
      (throttles[index % throttles.length] ?? makeThrottle()).consume([one], 1),
    ),
  );
  return verdicts.filter((verdict) => verdict?.allowed).length;
}

describe('the throttle of several processes on PostgreSQL alone', () => {
  it('counts one account once: exactly its rate passes', async () => {
    const processes = [openProcess(), openProcess()];
    expect(await allowedOf(processes, bucket('a', 50), 200)).toBe(50);
    expect(await allowedOf(processes, bucket('b', 50), 20)).toBe(20);
  });

  it('goes on in each process when the table cannot be reached', async () => {
    const throttle = openProcess();
    expect(await allowedOf([throttle], bucket('a', 10), 4)).toBe(4);
    await database.query('revoke all on throttle_bucket from tenantry_api');
    expect(await allowedOf([throttle], bucket('a', 10), 50)).toBe(10);
  });

  it('goes on in each process, without a wait of a second, when the database does not answer', async () => {
    const proxy = await openDatabaseProxy(database);
    const pool = openPool(proxy.database.url('tenantry_api'), () => undefined);
    const throttle = makeThrottle({ pool });
    expect(await allowedOf([throttle], bucket('a', 10), 4)).toBe(4);
    proxy.freeze();
    const began = performance.now();
    expect(await allowedOf([throttle], bucket('a', 10), 50)).toBe(10);
    expect(performance.now() - began).toBeLessThan(1500);
    // A bucket that has refused a call refuses the others without a trip to the store.
    const again = performance.now();
    expect(await allowedOf([throttle], bucket('a', 10), 50)).toBe(0);
    expect(performance.now() - again).toBeLessThan(200);
    proxy.thaw();
    await pool.end();
    await proxy.close();
  });
});
