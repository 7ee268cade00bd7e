import { findSellablePlan } from '@tenantry/db/plan/queries';
import type { CallInfo } from '@tenantry/db/transaction';
import { expireCredits } from '@tenantry/services/credit/expire';
import { activateSubscription } from '@tenantry/services/subscription/activate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOfBooks } from '../ledger-faults.ts';
import { runConcurrently } from '../concurrent-clients.ts';
import { type TestApp, openTestApp } from '../app.ts';
import { type Owner, makeKey, registerOwner as register } from '../users.ts';
import { verdictOf } from '../procedures.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
  await app.database.query(
    `insert into plan select (json_populate_record(plan, change.it)).* from plan, (values
      ('{"id":"0198f000-0000-7000-8000-0000000000a1","slug":"yearly","cycle":"annual"}'::json),
      ('{"id":"0198f000-0000-7000-8000-0000000000a2","slug":"rolling","cycle":"annual","rollover_credits_max":7000}')) as change (it)
      where plan.slug = 'starter'`,
  );
});
afterAll(() => app.close());

const day = 86_400;
/** An owner who calls with a key, which outlives every access token. */
async function registerOwner(): Promise<Owner> {
  const owner = await register(app);
  return { ...owner, token: await makeKey(app, owner, ['credit:read', 'credit:spend']) };
}

const credits = async ({ token }: Owner) => (await app.rest('GET', '/v1/credits', { bearer: token })).body;
const hold = ({ token }: Owner, amount: number) =>
  app.rest('POST', '/v1/credits/holds', { body: { amount }, bearer: token });
const callInfo = (): CallInfo => ({
  actor: { kind: 'system', job: 'test' },
  requestId: 'test',
  now: app.api.clock(),
});

/** Pays for a plan as the confirmation of a transfer does. */
function pay({ accountId }: Owner, slug: string): Promise<void> {
  return app.database.admin.inAccount.write({ accountId }, callInfo(), async (tx) => {
    const plan = await findSellablePlan(tx, slug);
    if (plan === undefined) throw new Error(`there is no plan ${slug}`);
    await activateSubscription(tx, plan.id, 'FT 1');
  });
}
const planGrants = async ({ accountId }: Owner) =>
  (
    await app.database.query(
      "select reference, amount::int, available::int from credit_grant where account_id = $1 and kind = 'plan' order by created_at, id",
      [accountId],
    )
  ).slice(1);

/** Lets time pass for one test, and puts the clock back. */
async function later(seconds: number, work: () => Promise<void>): Promise<void> {
  app.passSeconds(seconds);
  try {
    await work();
  } finally {
    app.passSeconds(-seconds);
  }
}

describe('an annual plan', () => {
  it('gives each month its credits once, whatever runs twice, and needs no job for it (I14)', async () => {
    const owner = await registerOwner();
    await pay(owner, 'yearly');
    await hold(owner, 3000);
    expect(await credits(owner)).toMatchObject({ available: 2000, byKind: { plan: 2000 } });
    await later(32 * day, async () => {
      expect(await credits(owner)).toMatchObject({ available: 5000, held: 0, byKind: { plan: 5000 } });
      const second = await app.openAnother();
      const now = { ...app, callInfo: callInfo() };
      const outcomes = await runConcurrently(40, 40, async (index) => {
        if (index % 8 === 0)
          await expireCredits({ database: app.database.admin, callInfo: now.callInfo }).catch(
            () => undefined,
          );
        const process = index % 2 === 0 ? app : second;
        const body = { amount: 1 };
        return verdictOf(await process.rest('POST', '/v1/credits/holds', { body, bearer: owner.token }));
      });
      await second.close();
      expect(outcomes).toEqual({ ok: 40 });
      expect(await planGrants(owner)).toHaveLength(2);
      expect(await credits(owner)).toMatchObject({ available: 4960, byKind: { plan: 4960 } });
    });
    expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
  });

  it('gives nothing for months that nobody saw but the running one, and nothing after its end', async () => {
    const owner = await registerOwner();
    await pay(owner, 'yearly');
    await later(200 * day, async () => {
      expect(await credits(owner)).toMatchObject({ available: 5000, byKind: { plan: 5000 } });
      expect(verdictOf(await hold(owner, 5001))).toBe('402 insufficient_credits');
      expect(verdictOf(await hold(owner, 5000))).toBe('ok');
      expect(await planGrants(owner)).toHaveLength(7);
    });
    await later(370 * day, async () => {
      expect(await credits(owner)).toMatchObject({ available: 0 });
      await expireCredits({ database: app.database.admin, callInfo: callInfo() });
      expect(await planGrants(owner)).toHaveLength(12);
      expect(await credits(owner)).toMatchObject({ available: 0, held: 0 });
    });
    expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
  });

  it('keeps of each month what the plan lets roll over, whether or not a job ran', async () => {
    const [busy, quiet] = [await registerOwner(), await registerOwner()];
    for (const owner of [busy, quiet]) await pay(owner, 'rolling');
    await later(32 * day, async () => {
      expect(verdictOf(await hold(busy, 1))).toBe('ok');
      for (const owner of [busy, quiet]) expect((await credits(owner)).byKind.plan).toBeGreaterThan(9_990);
    });
    await later(62 * day, async () => {
      const [seen, unseen] = [await credits(busy), await credits(quiet)];
      expect(unseen).toMatchObject({ available: 12_000, expired: 4000 });
      expect(seen.available).toBe(12_000);
    });
    for (const owner of [busy, quiet]) expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
  });

  it('begins a new period when another plan is paid for, and sets the plan part', async () => {
    const owner = await registerOwner();
    await pay(owner, 'yearly');
    await later(3 * day, async () => {
      await pay(owner, 'growth');
      expect(await credits(owner)).toMatchObject({ available: 20_000, byKind: { plan: 20_000 } });
    });
    await later(40 * day, async () => expect(await credits(owner)).toMatchObject({ available: 0 }));
    const references = (await planGrants(owner)).map(({ reference }) => reference);
    expect(new Set(references).size).toBe(2);
    expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
  });

  it('shows what it was at a time, months that began then included', async () => {
    const owner = await registerOwner();
    await pay(owner, 'yearly');
    const at = async (moment: Date) =>
      (
        await app.rest('GET', `/v1/credits?at=${encodeURIComponent(moment.toISOString())}`, {
          bearer: owner.token,
        })
      ).body;
    let second = new Date(0);
    await later(32 * day, async () => {
      second = app.api.clock();
    });
    await later(100 * day, async () => {
      const unwritten = await at(second);
      expect(unwritten).toMatchObject({ available: 5000, expired: 6000 });
      expect(verdictOf(await hold(owner, 10))).toBe('ok');
      expect(await at(second)).toEqual(unwritten);
    });
  });
});
