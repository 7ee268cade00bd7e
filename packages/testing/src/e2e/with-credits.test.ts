import {
  HoldResolvedError,
  SettleError,
  createTenantryClient,
  problemOf,
  withCredits,
} from '@tenantry/client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { faultsOfBooks } from '../ledger-faults.ts';
import { type TestApp, openTestApp } from '../app.ts';
import { type Owner, makeKey, registerOwner } from '../users.ts';
import { type RunningProxy, startProxy } from '../proxy.ts';

let app: TestApp;
let proxy: RunningProxy;
let owner: Owner;
let tenantry: ReturnType<typeof createTenantryClient>;
beforeAll(async () => {
  app = await openTestApp();
  proxy = await startProxy(app.url);
});
afterAll(async () => {
  await proxy.stop();
  await app.close();
});
beforeEach(async () => {
  owner = await registerOwner(app);
  const credential = await makeKey(app, owner, ['credit:spend', 'credit:read']);
  tenantry = createTenantryClient({ url: proxy.url, credential });
});
afterEach(async () => {
  proxy.setMode('pass');
  expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
});

const read = async (path: string) =>
  (await app.rest('GET', `/v1/credits${path}`, { bearer: owner.token })).body;
const entries = async (kind: string): Promise<{ to: string; amount: number }[]> =>
  (await read('/entries')).items.filter((entry: { kind: string }) => entry.kind === kind);
/** What was charged, one by one. */
const charges = async () =>
  (await entries('settle')).filter(({ to }) => to === 'spent').map(({ amount }) => amount);
const thrown = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (fault: unknown) => fault,
  );
const isSettle = (input: Parameters<typeof fetch>[0]) =>
  new URL(input instanceof Request ? input.url : input).pathname === '/trpc/credit.settle';
const holdIdOf = (fault: unknown) => (fault instanceof SettleError ? fault.hold.id : undefined);

describe('work on credits', () => {
  it('is billed at what it used, and gives the exact rest back', async () => {
    const done = await withCredits(
      tenantry,
      { operation: 'write_content', units: 20_000, metadata: { page: 'home' }, ttlSeconds: 60 },
      async (hold, signal) => {
        expect(hold).toMatchObject({
          status: 'open',
          operation: 'write_content',
          metadata: { page: 'home' },
        });
        expect(signal.aborted).toBe(false);
        expect(await read('')).toMatchObject({ held: hold.amount, available: 1000 - hold.amount });
        return { value: 'a page', units: 250 };
      },
    );
    const { settledAmount } = done.hold;
    expect(done).toMatchObject({ value: 'a page', hold: { status: 'settled', unbilledAmount: 0 } });
    expect(settledAmount).toBeGreaterThan(0);
    expect(await read('')).toMatchObject({ available: 1000 - settledAmount, held: 0, spent: settledAmount });
    expect(await charges()).toEqual([settledAmount]);
  });

  it('that used nothing is charged nothing', async () => {
    const { hold } = await withCredits(tenantry, { amount: 10 }, async () => ({ value: null, amount: 0 }));
    expect(hold).toMatchObject({ status: 'released', settledAmount: 0 });
    expect(await read('')).toMatchObject({ available: 1000, held: 0, spent: 0 });
  });

  it('runs beside other work, each on a hold of its own', async () => {
    const two = await Promise.all(
      [3, 4].map((amount) =>
        withCredits(tenantry, { amount: 600 - 100 * amount }, async ({ id }) => ({ value: id, amount })),
      ),
    );
    expect(new Set(two.map(({ value }) => value)).size).toBe(2);
    expect(two.map(({ hold }) => hold.settledAmount)).toEqual([3, 4]);
    expect(await read('')).toMatchObject({ available: 993, held: 0, spent: 7 });
  });

  it('is not begun when its hold is refused', async () => {
    let calls = 0;
    const work = async () => ({ value: (calls += 1), amount: 1 });
    const fault = await thrown(withCredits(tenantry, { amount: 1001 }, work));
    expect(problemOf(fault)).toMatchObject({ status: 402, code: 'insufficient_credits', available: 1000 });
    const unknown = await thrown(withCredits(tenantry, { operation: 'nothing', units: 1 }, work));
    expect(problemOf(unknown)).toMatchObject({ code: 'not_found' });
    expect(calls).toBe(0);
    expect(await read('')).toMatchObject({ available: 1000, held: 0 });
  });

  it('that throws gives its hold back, and throws its own error, also when the hold cannot be given back', async () => {
    const own = new Error('the model is down');
    const fail = () => Promise.reject(own);
    expect(await thrown(withCredits(tenantry, { amount: 10 }, fail))).toBe(own);
    expect(await read('')).toMatchObject({ available: 1000, held: 0, spent: 0 });
    const cut = async () => {
      proxy.setMode('blackhole');
      return fail();
    };
    const impatient = { amount: 10, attemptsMax: 2, attemptSeconds: 1 };
    expect(await thrown(withCredits(tenantry, impatient, cut))).toBe(own);
    expect(await read('')).toMatchObject({ available: 990, held: 10, spent: 0 });
  });

  it('above its hold is refused with what is needed to settle background, and billed where the caller allows it', async () => {
    const fault = await thrown(
      withCredits(tenantry, { amount: 10 }, async () => ({ value: 'a page', amount: 15 })),
    );
    expect(fault).toBeInstanceOf(SettleError);
    expect(fault).toMatchObject({ used: { amount: 15 }, value: 'a page' });
    expect(String(fault)).toContain(`The hold ${holdIdOf(fault)} could not be settled at 15 credits.`);
    expect(fault instanceof Error && problemOf(fault.cause)?.code).toBe('settle_above_hold');
    expect(await read('')).toMatchObject({ held: 10, spent: 0 });
    const { hold } = await withCredits(tenantry, { amount: 10 }, async () => ({
      value: 'a page',
      amount: 15,
      allowExcess: true,
    }));
    expect(hold).toMatchObject({ status: 'settled', amount: 10, settledAmount: 15 });
  });
});

describe('the hold of work that takes too long', () => {
  it('aborts the work before it runs out, in time to settle', async () => {
    const { hold } = await withCredits(tenantry, { amount: 10, ttlSeconds: 10 }, async (_hold, signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
      return { value: null, amount: 6 };
    });
    expect(hold).toMatchObject({ status: 'settled', settledAmount: 6 });
  });

  it('is expired, and says what was not billed, when the work went on all the same', async () => {
    const { value, hold } = await withCredits(tenantry, { amount: 10, ttlSeconds: 60 }, async () => {
      app.passSeconds(61);
      return { value: 'a page', amount: 6 };
    });
    expect({ value, hold }).toMatchObject({
      value: 'a page',
      hold: { status: 'expired', settledAmount: 0, unbilledAmount: 6 },
    });
    expect(await read('')).toMatchObject({ available: 1000, held: 0, spent: 0 });
    app.passSeconds(-61);
  });

  it('is given back when the caller ends the work, and never taken when it was ended before', async () => {
    const controller = new AbortController();
    const own = new Error('the visitor left');
    const work = async (_hold: object, signal: AbortSignal) => {
      controller.abort(own);
      signal.throwIfAborted();
      return { value: null, amount: 6 };
    };
    const held = { amount: 10, signal: controller.signal };
    expect(await thrown(withCredits(tenantry, held, work))).toBe(own);
    expect(await thrown(withCredits(tenantry, held, work))).toBe(own);
    expect(await entries('hold')).toHaveLength(1);
    expect(await read('')).toMatchObject({ available: 1000, held: 0 });
  });
});

describe('an answer that is lost on its way', () => {
  const use = async (amount = 6) => ({ value: 'a page', amount });

  it('of the hold leaves one hold', async () => {
    proxy.setMode('cut_before_response', 1);
    const { hold } = await withCredits(tenantry, { amount: 10 }, () => use());
    expect(proxy.met('cut_before_response')).toBe(1);
    expect(hold).toMatchObject({ status: 'settled', settledAmount: 6 });
    expect(await entries('hold')).toHaveLength(1);
    expect(await read('')).toMatchObject({ available: 994, held: 0, spent: 6 });
  });

  it.each([
    ['the connection is cut', 'cut_before_response', 2],
    ['nothing comes back', 'blackhole', 1],
    ['it comes too late', 'delay', 1],
  ] as const)('of the settle charges once: %s', async (_how, mode, times) => {
    const met = proxy.met(mode);
    const { hold } = await withCredits(tenantry, { amount: 10, attemptSeconds: 1 }, async () => {
      proxy.setMode(mode, times);
      return use();
    });
    expect(proxy.met(mode)).toBe(met + times);
    expect(hold).toMatchObject({ status: 'settled', settledAmount: 6 });
    expect(await charges()).toEqual([6]);
  });

  it('of the release gives back once', async () => {
    const { hold } = await withCredits(tenantry, { amount: 10 }, async () => {
      proxy.setMode('cut_before_response', 2);
      return use(0);
    });
    expect(hold.status).toBe('released');
    expect(await entries('release')).toHaveLength(1);
  });

  it('for good names the hold, what was used and the key, with which it is settled once, later', async () => {
    const fault = await thrown(
      withCredits(tenantry, { amount: 10, attemptsMax: 3 }, async () => {
        proxy.setMode('cut_before_response');
        return use();
      }),
    );
    if (!(fault instanceof SettleError)) throw fault;
    expect(fault).toMatchObject({ value: 'a page', used: { amount: 6 } });
    expect(problemOf(fault.cause)).toBeUndefined();
    proxy.setMode('pass');
    const { idempotencyKey, used } = fault;
    const input = { holdId: fault.hold.id, ...used };
    const settled = await tenantry.credit.settle.mutate(input, { context: { idempotencyKey } });
    expect(settled).toMatchObject({ status: 'settled', settledAmount: 6 });
    expect(await charges()).toEqual([6]);
  });
});

describe('a busy house', () => {
  it('is asked again when it says so, and told no more often than that', async () => {
    let [settles, busy] = [0, 2];
    const answering = createTenantryClient({
      url: app.url,
      credential: owner.token,
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
    const fault = await thrown(
      withCredits(answering, { amount: 10, attemptsMax: 2 }, async () => ({ value: null, amount: 6 })),
    );
    expect(fault).toBeInstanceOf(SettleError);
    expect(settles).toBe(5);
    expect(await charges()).toEqual([6]);
  });

  it('is not asked again for what it refuses for good', async () => {
    let settles = 0;
    const counting = createTenantryClient({
      url: app.url,
      credential: owner.token,
      fetch: (input, init) => {
        if (isSettle(input)) settles += 1;
        return fetch(input, init);
      },
    });
    await thrown(withCredits(counting, { amount: 10 }, async () => ({ value: null, amount: 11 })));
    expect(settles).toBe(1);
  });
});

describe('work with a key of its own', () => {
  it('is charged once, whoever repeats it', async () => {
    const named = { amount: 10, idempotencyKey: 'page-1' };
    const crash = thrown(
      withCredits(tenantry, { ...named, attemptsMax: 1, attemptSeconds: 2 }, async () => {
        proxy.setMode('blackhole', 1);
        return { value: 1, amount: 6 };
      }),
    );
    expect(await crash).toBeInstanceOf(SettleError);
    const again = await withCredits(tenantry, named, async () => ({ value: 2, amount: 6 }));
    expect(again).toMatchObject({ value: 2, hold: { settledAmount: 6 } });
    expect(await entries('hold')).toHaveLength(1);
    expect(await charges()).toEqual([6]);
  });

  it('is never begun on a hold that backs nothing any more', async () => {
    const named = { amount: 10, idempotencyKey: 'page-1' };
    const own = new Error('the model is down');
    expect(await thrown(withCredits(tenantry, named, () => Promise.reject(own)))).toBe(own);
    let calls = 0;
    const again = await thrown(
      withCredits(tenantry, named, async () => ({ value: (calls += 1), amount: 6 })),
    );
    expect(again).toBeInstanceOf(HoldResolvedError);
    expect(String(again)).toMatch(/The hold .* of this idempotency key is released\.$/);
    expect(calls).toBe(0);
    expect(await charges()).toEqual([]);
  });
});
