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

/** What can befall Redis, and how it is undone. */
const outages: Record<string, { begin(): Promise<void>; end(): Promise<void> }> = {
  'is killed': { begin: () => server.kill(), end: () => server.restart() },
  'stands still': { begin: async () => server.freeze(), end: async () => server.wake() },
  'is out of memory': { begin: () => setMemory('1'), end: () => setMemory('0') },
  'restarts empty': {
    begin: async () => {
      await server.kill();
      await server.restart();
    },
    end: async () => undefined,
  },
};

async function setMemory(maxmemory: string): Promise<void> {
  const redis = openRedis(server.url, { warn: () => undefined });
  await expect.poll(() => redis.status).toBe('ready');
  await redis.config('SET', 'maxmemory', maxmemory);
  redis.disconnect();
}

const waited: number[] = [];
const timed = async (throttle: Throttle, one: Bucket): Promise<boolean> => {
  const began = performance.now();
  const verdict = await throttle.consume([one], 1);
  waited.push(performance.now() - began);
  expect(verdict).toMatchObject({ rate: one.rate, scope: one.scope });
  return verdict?.allowed ?? true;
};

describe('while Redis fails, three times each way (F9)', () => {
  it.each(Object.keys(outages))(
    'because it %s, every call is decided within a second, and a process lets its rate pass and no more',
    async (name) => {
      const outage = outages[name];
      if (outage === undefined) throw new Error(name);
      const processes = [await openProcess(), await openProcess()];
      waited.length = 0;
      let slowestReturn = 0;
      for (const round of [1, 2, 3]) {
        const one = bucket(`${name}${round}`, 40);
        await outage.begin();
        let allowed = 0;
        for (let call = 0; call < 300; call += 20) {
          const verdicts = await Promise.all(
            Array.from({ length: 20 }, (_, index) => timed(processes[index % 2] ?? makeThrottle(), one)),
          );
          allowed += verdicts.filter(Boolean).length;
        }
        expect(allowed).toBeGreaterThanOrEqual(40);
        expect(allowed).toBeLessThanOrEqual(3 * 40);
        await outage.end();
        const began = performance.now();
        await expect
          .poll(() => countsTogether(processes, bucket(`${name}${round} after ${performance.now()}`, 7)), {
            timeout: 5000,
            interval: 20,
          })
          .toBe(true);
        slowestReturn = Math.max(slowestReturn, performance.now() - began);
      }
      waited.sort((a, b) => a - b);
      const [p99, most] = [waited[Math.floor(waited.length * 0.99)] ?? 0, waited.at(-1) ?? 0];
      expect(most).toBeLessThan(1000);
      console.log(
        `Redis ${name}: ${waited.length} decided, p99 ${p99.toFixed(0)} ms, at most ${most.toFixed(0)} ms; ` +
          `counts together again after ${slowestReturn.toFixed(0)} ms`,
      );
    },
    60_000,
  );
});

/** Whether two processes count in one place: seven of each one's seven calls would pass if not. */
async function countsTogether(processes: readonly Throttle[], one: Bucket): Promise<boolean> {
  return (await allowedOf(processes, one, 14)) === 7;
}
