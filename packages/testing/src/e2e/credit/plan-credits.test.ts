import { lockAccount } from '@tenantry/db/account/queries';
import { findSellablePlan } from '@tenantry/db/plan/queries';
import { getSubscription } from '@tenantry/db/subscription/queries';
import type { CallInfo } from '@tenantry/db/transaction';
import { expireCredits } from '@tenantry/services/credit/expire';
import { activateSubscription } from '@tenantry/services/subscription/activate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOfBooks } from '../../ledger-faults.ts';
import { runConcurrently } from '../../concurrent-clients.ts';
import { type TestApp, openTestApp } from '../../app.ts';
import { type Owner, makeKey, registerOwner as register } from '../../users.ts';
import { verdictOf } from '../../procedures.ts';

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

/** Pays for a plan as the confirmation of a transfer does; an upgrade took nothing off its price. */
function pay({ accountId }: Owner, slug: string, { isUpgrade = false } = {}): Promise<void> {
  return app.database.admin.inAccount.write({ accountId }, callInfo(), async (tx) => {
    const plan = await findSellablePlan(tx, slug);
    if (plan === undefined) throw new Error(`there is no plan ${slug}`);
    await lockAccount(tx);
    const { running } = await getSubscription(tx);
    const upgrade = isUpgrade ? { periodId: running.id, credits: 0, months: 0, amount: 0 } : undefined;
    await activateSubscription({ tx }, { planId: plan.id, externalPaymentId: 'FT 1', upgrade });
  });
}
const planGrants = async ({ accountId }: Owner) =>
  (
    await app.database.query(
      "select reference, amount::int, available::int from credit_grant where account_id = $1 and kind = 'plan' order by created_at, id",
      [accountId],
    )
  ).slice(1);

/** Runs `work` with the clock moved forward, and moves it back. */
async function afterSeconds(seconds: number, work: () => Promise<void>): Promise<void> {
  app.passSeconds(seconds);
  try {
    await work();
  } finally {
    app.passSeconds(-seconds);
  }
}

describe('an annual plan', () => {
  it('gives each month its credits once, also when calls and jobs run at once, and needs no job (I14)', async () => {
    const owner = await registerOwner();
    await pay(owner, 'yearly');
    await hold(owner, 3000);
    expect(await credits(owner)).toMatchObject({ available: 2000, byKind: { plan: 2000 } });
    await afterSeconds(32 * day, async () => {
      expect(await credits(owner)).toMatchObject({ available: 5000, held: 0, byKind: { plan: 5000 } });
      const second = await app.openAnother();
      const call = callInfo();
      const outcomes = await runConcurrently(40, 40, async (index) => {
        if (index % 8 === 0)
          await expireCredits({ database: app.database.admin, ...call }).catch(() => undefined);
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

  it('has only the credits of the current month after months without a call, and none after its grace', async () => {
    const owner = await registerOwner();
    await pay(owner, 'yearly');
    await afterSeconds(200 * day, async () => {
      expect(await credits(owner)).toMatchObject({ available: 5000, byKind: { plan: 5000 } });
      expect(verdictOf(await hold(owner, 5001))).toBe('402 insufficient_credits');
      expect(verdictOf(await hold(owner, 5000))).toBe('ok');
      expect(await planGrants(owner)).toHaveLength(7);
    });
    const endsInSeconds = 365 * day;
    await afterSeconds(endsInSeconds + 3 * day, async () => {
      expect(await credits(owner)).toMatchObject({ available: 5000 });
    });
    await afterSeconds(endsInSeconds + 7 * day, async () => {
      expect(await credits(owner)).toMatchObject({ available: 0 });
      await expireCredits({ database: app.database.admin, ...callInfo() });
      expect(await planGrants(owner)).toHaveLength(12);
      expect(await credits(owner)).toMatchObject({ available: 0, held: 0 });
    });
    expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
  });

  it('rolls over what the plan allows, with or without a call in each month', async () => {
    const [busy, quiet] = [await registerOwner(), await registerOwner()];
    for (const owner of [busy, quiet]) await pay(owner, 'rolling');
    await afterSeconds(32 * day, async () => {
      expect(verdictOf(await hold(busy, 1))).toBe('ok');
      for (const owner of [busy, quiet]) expect((await credits(owner)).byKind.plan).toBeGreaterThan(9_990);
    });
    await afterSeconds(62 * day, async () => {
      const [seen, unseen] = [await credits(busy), await credits(quiet)];
      expect(unseen).toMatchObject({ available: 12_000, expired: 4000 });
      expect(seen.available).toBe(12_000);
    });
    for (const owner of [busy, quiet]) expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
  });

  it('begins a better plan when it is paid, and goes on with the months that were paid before', async () => {
    const owner = await registerOwner();
    await pay(owner, 'yearly');
    await afterSeconds(3 * day, async () => {
      await pay(owner, 'growth', { isUpgrade: true });
      expect(await credits(owner)).toMatchObject({ byKind: { plan: 20_000 } });
    });
    await afterSeconds(40 * day, async () =>
      expect(await credits(owner)).toMatchObject({ available: 5000, byKind: { plan: 5000 } }),
    );
    const references = (await planGrants(owner)).map(({ reference }) => reference);
    expect(new Set(references).size).toBe(2);
    expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
  });

  it('shows the balance at an earlier time, with the month that had begun by then', async () => {
    const owner = await registerOwner();
    await pay(owner, 'yearly');
    const at = async (moment: Date) =>
      (
        await app.rest('GET', `/v1/credits?at=${encodeURIComponent(moment.toISOString())}`, {
          bearer: owner.token,
        })
      ).body;
    let second = new Date(0);
    await afterSeconds(32 * day, async () => {
      second = app.api.clock();
    });
    await afterSeconds(100 * day, async () => {
      const unwritten = await at(second);
      expect(unwritten).toMatchObject({ available: 5000, expired: 6000 });
      expect(verdictOf(await hold(owner, 10))).toBe('ok');
      expect(await at(second)).toEqual(unwritten);
    });
  });
});
