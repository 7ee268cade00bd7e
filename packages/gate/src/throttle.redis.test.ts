import { type RunningRedis, startRedis } from '@tenantry/testing/redis';
import type { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRedis } from './redis.ts';
import { type Bucket, type Throttle, makeThrottle } from './throttle.ts';

let server: RunningRedis;
let connections: Redis[];
const warnings: object[] = [];

beforeEach(async () => {
  server = await startRedis();
  connections = [];
});
afterEach(async () => {
  for (const connection of connections) connection.disconnect();
  server.wake();
  await server.kill();
});

/** A throttle as one process has it. */
async function openProcess(): Promise<Throttle> {
  const redis = openRedis(server.url, { warn: (facts) => warnings.push(facts) });
  connections.push(redis);
  await expect.poll(() => redis.status).toBe('ready');
  return makeThrottle({ redis });
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

describe('the throttle of several processes on one Redis', () => {
  it('counts one account once: exactly its rate passes (F18)', async () => {
    const processes = [await openProcess(), await openProcess()];
    expect(await allowedOf(processes, bucket('a', 50), 500)).toBe(50);
    expect(await allowedOf(processes, bucket('b', 50), 20)).toBe(20);
  });

  it('goes on in each process when Redis is killed, with no error and no more than its rate (E9)', async () => {
    const throttle = await openProcess();
    expect(await allowedOf([throttle], bucket('a', 10), 4)).toBe(4);
    await server.kill();
    expect(await allowedOf([throttle], bucket('a', 10), 100)).toBe(10);
    await expect.poll(() => warnings.length).toBeGreaterThan(0);
  });

  it('waits a bounded time for a Redis that stands still, then counts by itself (E9)', async () => {
    const throttle = await openProcess();
    server.freeze();
    const verdict = await throttle.consume([bucket('a', 10)], 1);
    expect(verdict).toMatchObject({ allowed: true, remaining: 9 });
    server.wake();
  });

  it('counts in Redis again as soon as it is back', async () => {
    const throttle = await openProcess();
    await server.kill();
    expect(await allowedOf([throttle], bucket('a', 5), 20)).toBe(5);
    await server.restart();
    await expect.poll(() => connections[0]?.status, { timeout: 10_000 }).toBe('ready');
    const other = await openProcess();
    expect(await allowedOf([throttle, other], bucket('a', 5), 20)).toBe(5);
  });
});
