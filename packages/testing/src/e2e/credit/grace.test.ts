import { lockAccount } from '@tenantry/db/account/queries';
import { findSellablePlan } from '@tenantry/db/plan/queries';
import { addDays, addMonths } from '@tenantry/domain/time';
import { activateSubscription } from '@tenantry/services/subscription/activate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { faultsOfBooks } from '../../ledger-faults.ts';
import { verdictOf } from '../../procedures.ts';
import { type Owner, makeKey, registerOwner as register } from '../../users.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
  await app.database.query(
    `insert into plan select (json_populate_record(plan, change.it)).* from plan, (values
      ('{"id":"0198f000-0000-7000-8000-0000000000d1","slug":"yearly","cycle":"annual","price_amount":29000}'::json),
      ('{"id":"0198f000-0000-7000-8000-0000000000d2","slug":"rolling","rollover_credits_max":700}'),
      ('{"id":"0198f000-0000-7000-8000-0000000000d3","slug":"bare","price_amount":100,"features":["sites"]}')) as change (it)
      where plan.slug = 'starter'`,
  );
});
afterAll(() => app.close());

async function registerOwner(): Promise<Owner> {
  const owner = await register(app);
  const scopes = ['credit:read', 'credit:spend', 'operation:run'];
  return { ...owner, token: await makeKey(app, owner, scopes) };
}
function pay({ accountId }: Owner, slug: string): Promise<void> {
  const now = app.api.clock();
  const call = { actor: { kind: 'system', job: 'test' }, requestId: 'test', now } as const;
  return app.database.admin.inAccount.write({ accountId }, call, async (tx) => {
    const plan = await findSellablePlan(tx, slug);
    if (plan === undefined) throw new Error(`there is no plan ${slug}`);
    await lockAccount(tx);
    await activateSubscription({ tx }, { planId: plan.id, externalPaymentId: 'FT 1' });
  });
}
const credits = async ({ token }: Owner) => (await app.rest('GET', '/v1/credits', { bearer: token })).body;
const hold = ({ token }: Owner, amount: number, ttlSeconds = 86_400) =>
  app.rest('POST', '/v1/credits/holds', { body: { amount, ttlSeconds }, bearer: token });
const settle = ({ token }: Owner, holdId: string, amount: number) =>
  app.rest('POST', `/v1/credits/holds/${holdId}/settle`, { body: { amount }, bearer: token });
const run = ({ token }: Owner) =>
  app.rest('POST', '/v1/operations/write_content/runs', { body: { prompt: 'Tea.' }, bearer: token });

/** Runs `work` with the clock at a time, give or take a second, and moves it back. */
async function at(moment: Date, seconds: number, work: () => Promise<void>): Promise<void> {
  const shift = Math.ceil((Number(moment) - Number(app.api.clock())) / 1000) + seconds;
  app.passSeconds(shift);
  try {
    await work();
  } finally {
    app.passSeconds(-shift);
  }
}

describe('grace', () => {
  it.each([
    ['starter', 1],
    ['yearly', 12],
    ['rolling', 1],
  ] as const)(
    'leaves the credits of the last month of %s to holds and runs until it ends (J23)',
    async (slug, months) => {
      const owner = await registerOwner();
      const start = app.api.clock();
      await pay(owner, slug);
      const end = addMonths(start, months);
      const graceEnd = addDays(end, 7);
      let holdId = '';
      await at(end, 1, async () => {
        expect(await credits(owner)).toMatchObject({ available: 5000, byKind: { plan: 5000 } });
        expect(verdictOf(await run(owner))).toBe('ok');
      });
      await at(graceEnd, -5, async () => {
        const held = await hold(owner, 1000);
        expect(verdictOf(held)).toBe('ok');
        holdId = held.body.id;
      });
      await at(graceEnd, 1, async () => {
        expect(verdictOf(await hold(owner, 1))).toBe('402 payment_overdue');
        expect(verdictOf(await run(owner))).toBe('402 payment_overdue');
        expect(await credits(owner)).toMatchObject({ available: 0, held: 1000 });
        expect((await settle(owner, holdId, 400)).body).toMatchObject({
          status: 'settled',
          settledAmount: 400,
        });
        expect(await credits(owner)).toMatchObject({ available: 0, held: 0 });
      });
      expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
    },
  );

  it('ends with the payment, which sets the credits of the plan and keeps what rolls over', async () => {
    for (const [slug, kept] of [
      ['starter', 0],
      ['rolling', 700],
    ] as const) {
      const owner = await registerOwner();
      const start = app.api.clock();
      await pay(owner, slug);
      await at(addMonths(start, 1), 3 * 86_400, async () => {
        const held = await hold(owner, 1000);
        await settle(owner, held.body.id, 1000);
        await pay(owner, slug);
        expect(await credits(owner)).toMatchObject({ available: 5000 + kept, spent: 1000 });
      });
      // The period began where the last one ended, so that it ends a month after that.
      await at(addMonths(start, 2), -5, async () => {
        expect(await credits(owner)).toMatchObject({ available: 5000 + kept });
      });
      expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
    }
  });

  it('is not of a trial, nor of a subscription that was cancelled', async () => {
    const trial = await registerOwner();
    const start = app.api.clock();
    await at(addDays(start, 14), 1, async () => {
      expect(verdictOf(await hold(trial, 1))).toBe('402 trial_expired');
      expect(await credits(trial)).toMatchObject({ available: 0 });
    });
    const cancelled = await registerOwner();
    await pay(cancelled, 'starter');
    const cancel = "update subscription set status = 'cancelled' where account_id = $1";
    await app.database.query(cancel, [cancelled.accountId]);
    app.api.authentication.accessCache.forget();
    const end = addMonths(start, 1);
    await at(end, -5, async () => {
      expect(verdictOf(await hold(cancelled, 1, 10))).toBe('ok');
    });
    await at(end, 6, async () => {
      expect(verdictOf(await hold(cancelled, 1))).toBe('402 subscription_cancelled');
      expect(await credits(cancelled)).toMatchObject({ available: 0, byKind: { plan: 0 } });
    });
  });
});

describe('a plan that follows', () => {
  it('decides what the gate allows from its start on, and not before', async () => {
    const owner = await registerOwner();
    const start = app.api.clock();
    await pay(owner, 'starter');
    await pay(owner, 'bare');
    const end = addMonths(start, 1);
    expect(verdictOf(await run(owner))).toBe('ok');
    await at(end, -5, async () => expect(verdictOf(await run(owner))).toBe('ok'));
    await at(end, 1, async () => expect(verdictOf(await run(owner))).toBe('402 plan_lacks_feature'));
  });
});
