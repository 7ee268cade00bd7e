import { SettleError, problemOf, withCredits } from '@tenantry/client';
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

const holdIdOf = (fault: unknown) => (fault instanceof SettleError ? fault.hold.id : undefined);

describe('work inside withCredits', () => {
  it('is charged what it used, and the exact rest of its hold is released', async () => {
    const done = await withCredits(
      account.tenantry,
      { operation: 'write_content', units: 20_000, metadata: { page: 'home' }, ttlSeconds: 60 },
      async (hold, signal) => {
        expect(hold).toMatchObject({
          status: 'open',
          operation: 'write_content',
          metadata: { page: 'home' },
        });
        expect(signal.aborted).toBe(false);
        expect(await account.read('')).toMatchObject({ held: hold.amount, available: 1000 - hold.amount });
        return { value: 'a page', units: 250 };
      },
    );
    const { settledAmount } = done.hold;
    expect(done).toMatchObject({ value: 'a page', hold: { status: 'settled', unbilledAmount: 0 } });
    expect(settledAmount).toBeGreaterThan(0);
    expect(await account.read('')).toMatchObject({
      available: 1000 - settledAmount,
      held: 0,
      spent: settledAmount,
    });
    expect(await account.charges()).toEqual([settledAmount]);
  });

  it('that used nothing is charged nothing', async () => {
    const { hold } = await withCredits(account.tenantry, { amount: 10 }, async () => ({
      value: null,
      amount: 0,
    }));
    expect(hold).toMatchObject({ status: 'released', settledAmount: 0 });
    expect(await account.read('')).toMatchObject({ available: 1000, held: 0, spent: 0 });
  });

  it('runs at the same time as other work, each with its own hold', async () => {
    const two = await Promise.all(
      [3, 4].map((amount) =>
        withCredits(account.tenantry, { amount: 600 - 100 * amount }, async ({ id }) => ({
          value: id,
          amount,
        })),
      ),
    );
    expect(new Set(two.map(({ value }) => value)).size).toBe(2);
    expect(two.map(({ hold }) => hold.settledAmount)).toEqual([3, 4]);
    expect(await account.read('')).toMatchObject({ available: 993, held: 0, spent: 7 });
  });

  it('does not start when its hold is refused', async () => {
    let calls = 0;
    const work = async () => ({ value: (calls += 1), amount: 1 });
    const fault = await errorOf(withCredits(account.tenantry, { amount: 1001 }, work));
    expect(problemOf(fault)).toMatchObject({ status: 402, code: 'insufficient_credits', available: 1000 });
    const unknown = await errorOf(withCredits(account.tenantry, { operation: 'nothing', units: 1 }, work));
    expect(problemOf(unknown)).toMatchObject({ code: 'not_found' });
    expect(calls).toBe(0);
    expect(await account.read('')).toMatchObject({ available: 1000, held: 0 });
  });

  it('that throws releases its hold and throws its own error, even when the release fails', async () => {
    const own = new Error('the model is down');
    const fail = () => Promise.reject(own);
    expect(await errorOf(withCredits(account.tenantry, { amount: 10 }, fail))).toBe(own);
    expect(await account.read('')).toMatchObject({ available: 1000, held: 0, spent: 0 });
    const cut = async () => {
      proxy.setMode('blackhole');
      return fail();
    };
    const impatient = { amount: 10, attemptsMax: 2, attemptSeconds: 1 };
    expect(await errorOf(withCredits(account.tenantry, impatient, cut))).toBe(own);
    expect(await account.read('')).toMatchObject({ available: 990, held: 10, spent: 0 });
  });

  it('that used more than its hold is refused with what a later settle needs, and charged when the caller allows the excess', async () => {
    const fault = await errorOf(
      withCredits(account.tenantry, { amount: 10 }, async () => ({ value: 'a page', amount: 15 })),
    );
    expect(fault).toBeInstanceOf(SettleError);
    expect(fault).toMatchObject({ used: { amount: 15 }, value: 'a page' });
    expect(String(fault)).toContain(`The hold ${holdIdOf(fault)} could not be settled at 15 credits.`);
    expect(fault instanceof Error && problemOf(fault.cause)?.code).toBe('settle_above_hold');
    expect(await account.read('')).toMatchObject({ held: 10, spent: 0 });
    const { hold } = await withCredits(account.tenantry, { amount: 10 }, async () => ({
      value: 'a page',
      amount: 15,
      allowExcess: true,
    }));
    expect(hold).toMatchObject({ status: 'settled', amount: 10, settledAmount: 15 });
  });
});

describe('the hold of work that takes too long', () => {
  it('aborts the work before it expires, in time to settle', async () => {
    const { hold } = await withCredits(
      account.tenantry,
      { amount: 10, ttlSeconds: 10 },
      async (_hold, signal) => {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
        return { value: null, amount: 6 };
      },
    );
    expect(hold).toMatchObject({ status: 'settled', settledAmount: 6 });
  });

  it('lives longer when the work extends it, and the signal aborts that much later', async () => {
    const { hold } = await withCredits(
      account.tenantry,
      { amount: 10, ttlSeconds: 10 },
      async ({ id }, signal, extend) => {
        expect(await extend(60)).toMatchObject({ id, status: 'open' });
        await new Promise((resolve) => setTimeout(resolve, 8500));
        expect(signal.aborted).toBe(false);
        app.passSeconds(20);
        return { value: null, amount: 6 };
      },
    );
    app.passSeconds(-20);
    expect(hold).toMatchObject({ status: 'settled', settledAmount: 6, unbilledAmount: 0 });
  }, 20_000);

  it('is expired, and reports what was not charged, when the work does not stop', async () => {
    const { value, hold } = await withCredits(account.tenantry, { amount: 10, ttlSeconds: 60 }, async () => {
      app.passSeconds(61);
      return { value: 'a page', amount: 6 };
    });
    expect({ value, hold }).toMatchObject({
      value: 'a page',
      hold: { status: 'expired', settledAmount: 0, unbilledAmount: 6 },
    });
    expect(await account.read('')).toMatchObject({ available: 1000, held: 0, spent: 0 });
    app.passSeconds(-61);
  });

  it('is released when the caller aborts the work, and never made when the caller aborted before', async () => {
    const controller = new AbortController();
    const own = new Error('the visitor left');
    const work = async (_hold: object, signal: AbortSignal) => {
      controller.abort(own);
      signal.throwIfAborted();
      return { value: null, amount: 6 };
    };
    const held = { amount: 10, signal: controller.signal };
    expect(await errorOf(withCredits(account.tenantry, held, work))).toBe(own);
    expect(await errorOf(withCredits(account.tenantry, held, work))).toBe(own);
    expect(await account.entries('hold')).toHaveLength(1);
    expect(await account.read('')).toMatchObject({ available: 1000, held: 0 });
  });
});
