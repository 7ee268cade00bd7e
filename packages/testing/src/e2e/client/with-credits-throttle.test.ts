import { createTenantryClient, problemOf, withCredits } from '@tenantry/client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { verdictOf } from '../../procedures.ts';
import { type Owner, makeKey, registerOwner } from '../../users.ts';

let app: TestApp;
let owner: Owner;
let credential: string;
beforeAll(async () => {
  app = await openTestApp({ throttle: 'on' });
});
afterAll(() => app.close());
beforeEach(async () => {
  owner = await registerOwner(app);
  credential = await makeKey(app, owner, ['credit:spend', 'credit:read']);
});

const credits = async () => (await app.rest('GET', '/v1/credits', { bearer: owner.token })).body;
const hold = () =>
  app.rest('POST', '/v1/credits/holds', {
    body: { amount: 1, ttlSeconds: 600 },
    bearer: credential,
  });
const resolve = (holdId: string, how: 'settle' | 'release') => {
  const body = how === 'settle' ? { amount: 1, usageSource: 'estimated' } : {};
  return app.rest('POST', `/v1/credits/holds/${holdId}/${how}`, { body, bearer: credential });
};

describe('the throttle of a trial account', () => {
  it('bills all work that was held: 25 calls of withCredits at once', async () => {
    const tenantry = createTenantryClient({ url: app.url, credential });
    const calls = Array.from({ length: 25 }, (_, index) =>
      withCredits(tenantry, { amount: 2 }, async () => ({ value: index, amount: 1 })),
    );
    const done = await Promise.all(calls);
    expect(done.map(({ hold: { settledAmount } }) => settledAmount)).toEqual(Array(25).fill(1));
    expect(await credits()).toMatchObject({ available: 975, held: 0, spent: 25 });
  });

  it('bills all work that was held, and refuses the rest before it begins: 100 calls at once (E14)', async () => {
    const tenantry = createTenantryClient({ url: app.url, credential });
    let begun = 0;
    const calls = Array.from({ length: 100 }, () =>
      withCredits(tenantry, { amount: 2 }, async () => ({ value: (begun += 1), amount: 1 })),
    );
    const ended = await Promise.allSettled(calls);
    const refused = ended.filter((end) => end.status === 'rejected');
    expect(begun).toBe(60);
    expect(refused.map(({ reason }) => problemOf(reason)?.code)).toEqual(Array(40).fill('throttled'));
    expect(await credits()).toMatchObject({ held: 0, spent: 60 });
  });

  it('settles, trues up and releases what was held, though no more can be held or written', async () => {
    const answers = await Promise.all(Array.from({ length: 61 }, hold));
    const held = answers.filter(({ status }) => status === 201).map(({ body }) => String(body.id));
    expect(held).toHaveLength(60);
    expect(verdictOf(await hold())).toBe('429 throttled');
    const [released = '', ...settled] = held;
    const done = await Promise.all(settled.map((id) => resolve(id, 'settle')));
    expect(new Set(done.map(verdictOf))).toEqual(new Set(['ok']));
    const policy = done[0]?.headers.get('ratelimit-policy');
    expect(policy).toBe('"credit_settle";q=1920;w=60');
    expect(verdictOf(await resolve(released, 'release'))).toBe('ok');
    const trueUp = (id: string) =>
      app.trpc('credit.trueUp', { holdId: id, amount: 1 }, { bearer: credential });
    const truedUp = await Promise.all(settled.map(trueUp));
    expect(new Set(truedUp.map(verdictOf))).toEqual(new Set(['ok']));
    expect(await credits()).toMatchObject({ held: 0, spent: 59 });
  });
});

describe('the rates of a plan', () => {
  it('are listed with the plan, and a plan without a rate or with too few settles cannot be stored', async () => {
    const { body } = await app.rest('GET', '/v1/plans');
    const [trial] = body.items;
    expect(trial.throttleRates).toMatchObject({ content_read: 100, credit_hold: 60, credit_settle: 1920 });
    const { body: subscription } = await app.rest('GET', '/v1/subscription', { bearer: owner.token });
    expect(subscription.plan.throttleRates).toEqual(trial.throttleRates);
    const store = (rates: string) =>
      app.database.query(`update plan set throttle_rates = ${rates} where slug = 'starter'`);
    const settles = (rate: string) => `throttle_rates || '{"credit_settle": ${rate}}'`;
    await expect(store(settles('1919'))).rejects.toThrow('plan_settle_rate_check');
    await expect(store(settles('1920.5'))).rejects.toThrow('plan_throttle_rates_check');
    await expect(store(settles('"1920"'))).rejects.toThrow('check constraint');
    for (const scope of Object.keys(trial.throttleRates))
      await expect(store(`throttle_rates - '${scope}'`)).rejects.toThrow('check constraint');
  });
});
