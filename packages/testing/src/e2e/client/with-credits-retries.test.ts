import {
  HoldResolvedError,
  SettleError,
  createTenantryClient,
  problemOf,
  withCredits,
} from '@tenantry/client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { faultsOfBooks } from '../../ledger-faults.ts';
import { type RunningProxy, startProxy } from '../../proxy.ts';
import { type ProxiedAccount, errorOf, openProxiedAccount } from './with-credits.fixture.ts';

let app: TestApp;
let proxy: RunningProxy;
let account: ProxiedAccount;
beforeAll(async () => {
  app = await openTestApp();
  proxy = await startProxy(app.url);
});
afterAll(async () => {
  await proxy.stop();
  await app.close();
});
beforeEach(async () => {
  account = await openProxiedAccount(app, proxy);
});
afterEach(async () => {
  proxy.setMode('pass');
  expect(await faultsOfBooks(app.database, account.owner.accountId)).toEqual([]);
});

const isSettle = (input: Parameters<typeof fetch>[0]) =>
  new URL(input instanceof Request ? input.url : input).pathname === '/trpc/credit.settle';

describe('a lost response', () => {
  const use = async (amount = 6) => ({ value: 'a page', amount });

  it('of the hold leaves one hold', async () => {
    proxy.setMode('cut_before_response', 1);
    const { hold } = await withCredits(account.tenantry, { amount: 10 }, () => use());
    expect(proxy.met('cut_before_response')).toBe(1);
    expect(hold).toMatchObject({ status: 'settled', settledAmount: 6 });
    expect(await account.entries('hold')).toHaveLength(1);
    expect(await account.read('')).toMatchObject({ available: 994, held: 0, spent: 6 });
  });

  it.each([
    ['the connection is closed', 'cut_before_response', 2],
    ['no response arrives', 'blackhole', 1],
    ['the response comes too late', 'delay', 1],
  ] as const)('of the settle charges once: %s', async (_how, mode, times) => {
    const met = proxy.met(mode);
    const { hold } = await withCredits(account.tenantry, { amount: 10, attemptSeconds: 1 }, async () => {
      proxy.setMode(mode, times);
      return use();
    });
    expect(proxy.met(mode)).toBe(met + times);
    expect(hold).toMatchObject({ status: 'settled', settledAmount: 6 });
    expect(await account.charges()).toEqual([6]);
  });

  it('of the release returns the credits once', async () => {
    const { hold } = await withCredits(account.tenantry, { amount: 10 }, async () => {
      proxy.setMode('cut_before_response', 2);
      return use(0);
    });
    expect(hold.status).toBe('released');
    expect(await account.entries('release')).toHaveLength(1);
  });

  it('on every attempt throws an error that names the hold, the usage and the key, which settle it once afterwards', async () => {
    const fault = await errorOf(
      withCredits(account.tenantry, { amount: 10, attemptsMax: 3 }, async () => {
        proxy.setMode('cut_before_response');
        return use();
      }),
    );
    if (!(fault instanceof SettleError)) throw fault;
    expect(fault).toMatchObject({ value: 'a page', used: { amount: 6 } });
    expect(problemOf(fault.cause)).toBeUndefined();
    proxy.setMode('pass');
    expect(fault).toMatchObject({ problem: undefined, isRetryable: true, retryAfterSeconds: 0 });
    const { idempotencyKey, input } = fault;
    expect(input).toEqual({ holdId: fault.hold.id, amount: 6 });
    const settled = await account.tenantry.credit.settle.mutate(input, { context: { idempotencyKey } });
    expect(settled).toMatchObject({ status: 'settled', settledAmount: 6 });
    expect(await account.charges()).toEqual([6]);
  });
});

describe('a busy API', () => {
  const use = async () => ({ value: null, amount: 6 });

  /** A client whose settles are throttled so often, each with so many seconds to wait, and when each was sent. */
  function throttled(retryAfterSeconds: number, count: number) {
    const times: number[] = [];
    const client = createTenantryClient({
      url: app.url,
      credential: account.owner.token,
      fetch: async (input, init) => {
        if (!isSettle(input)) return fetch(input, init);
        times.push(performance.now());
        if (times.length > count) return fetch(input, init);
        const data = { code: 'throttled', status: 429, requestId: 'r', retryAfterSeconds };
        return Response.json({ error: { code: -32029, message: '', data } }, { status: 429 });
      },
    });
    return { client, times };
  }

  it('is asked again after the time that it names, up to the given number of attempts', async () => {
    let [settles, busy] = [0, 2];
    const answering = createTenantryClient({
      url: app.url,
      credential: account.owner.token,
      fetch: async (input, init) => {
        if (!isSettle(input)) return fetch(input, init);
        settles += 1;
        if ((busy -= 1) < 0) return fetch(input, init);
        const data = { code: 'unavailable', status: 503, requestId: 'r', retryAfterSeconds: 0 };
        return Response.json({ error: { code: -32603, message: '', data } }, { status: 503 });
      },
    });
    const { hold } = await withCredits(answering, { amount: 10 }, async () => ({ value: null, amount: 6 }));
    expect(hold.settledAmount).toBe(6);
    expect(settles).toBe(3);
    busy = Number.POSITIVE_INFINITY;
    const fault = await errorOf(
      withCredits(answering, { amount: 10, attemptsMax: 2 }, async () => ({ value: null, amount: 6 })),
    );
    expect(fault).toBeInstanceOf(SettleError);
    expect(fault).toMatchObject({ problem: { code: 'unavailable' }, isRetryable: true });
    expect(settles).toBe(5);
    expect(await account.charges()).toEqual([6]);
  });

  it('is asked for a settle as long as it asks to wait, while the hold is open', async () => {
    const { client, times } = throttled(12, 1);
    const { hold } = await withCredits(client, { amount: 10 }, use);
    expect(hold).toMatchObject({ status: 'settled', settledAmount: 6 });
    expect(times).toHaveLength(2);
    expect(Number(times[1]) - Number(times[0])).toBeGreaterThanOrEqual(12_000);
  }, 30_000);

  it('is asked for a settle no longer than the caller allows, and no longer than the hold lives', async () => {
    const { client, times } = throttled(1, Number.POSITIVE_INFINITY);
    const impatient = await errorOf(withCredits(client, { amount: 10, settleSecondsMax: 2.5 }, use));
    expect(impatient).toMatchObject({
      problem: { code: 'throttled' },
      isRetryable: true,
      retryAfterSeconds: 1,
    });
    expect(times.length).toBeLessThanOrEqual(3);
    const begunAt = performance.now();
    const late = await errorOf(withCredits(throttled(60, 9).client, { amount: 10, ttlSeconds: 30 }, use));
    expect(late).toMatchObject({ problem: { code: 'throttled' }, retryAfterSeconds: 60, isRetryable: true });
    expect(performance.now() - begunAt).toBeLessThan(5000);
  });

  it('is not asked again after a final refusal', async () => {
    let settles = 0;
    const counting = createTenantryClient({
      url: app.url,
      credential: account.owner.token,
      fetch: (input, init) => {
        if (isSettle(input)) settles += 1;
        return fetch(input, init);
      },
    });
    const fault = await errorOf(
      withCredits(counting, { amount: 10 }, async () => ({ value: null, amount: 11 })),
    );
    expect(fault).toMatchObject({ problem: { code: 'settle_above_hold' }, isRetryable: false });
    expect(settles).toBe(1);
  });
});

describe('work with an idempotency key', () => {
  it('is charged once, however often it is repeated', async () => {
    const named = { amount: 10, idempotencyKey: 'page-1' };
    const crash = errorOf(
      withCredits(account.tenantry, { ...named, attemptsMax: 1, attemptSeconds: 2 }, async () => {
        proxy.setMode('blackhole', 1);
        return { value: 1, amount: 6 };
      }),
    );
    expect(await crash).toBeInstanceOf(SettleError);
    const again = await withCredits(account.tenantry, named, async () => ({ value: 2, amount: 6 }));
    expect(again).toMatchObject({ value: 2, hold: { settledAmount: 6 } });
    expect(await account.entries('hold')).toHaveLength(1);
    expect(await account.charges()).toEqual([6]);
  });

  it('does not start on a hold that is already resolved', async () => {
    const named = { amount: 10, idempotencyKey: 'page-1' };
    const own = new Error('the model is down');
    expect(await errorOf(withCredits(account.tenantry, named, () => Promise.reject(own)))).toBe(own);
    let calls = 0;
    const again = await errorOf(
      withCredits(account.tenantry, named, async () => ({ value: (calls += 1), amount: 6 })),
    );
    expect(again).toBeInstanceOf(HoldResolvedError);
    expect(String(again)).toMatch(/The hold .* of this idempotency key is released\.$/);
    expect(calls).toBe(0);
    expect(await account.charges()).toEqual([]);
  });
});
