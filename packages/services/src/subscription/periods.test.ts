import { newId } from '@tenantry/db/ids';
import { addDays, addMonths } from '@tenantry/domain/time';
import { faultsOfBooks } from '@tenantry/testing/ledger-faults';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getCredits } from '../credit/get.ts';
import { type ServiceTest, type Tenant, accepted, now, openServiceTest } from '../service.fixture.ts';
import { adjustCredits } from '../staff/adjust-credits.ts';
import { confirmBankTransfer } from '../staff/confirm-bank-transfer.ts';
import { changeSubscription } from './change.ts';
import { getSubscription } from './get.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
  await services.database.query(
    `insert into plan select (json_populate_record(plan, change.it)).* from plan, (values
      ('{"id":"0198f000-0000-7000-8000-0000000000b1","slug":"yearly","cycle":"annual","price_amount":29000}'::json)) as change (it)
      where plan.slug = 'starter'`,
  );
});
afterAll(() => services.close());

/** Asks for a plan and pays for it at a time. */
async function pay(tenant: Tenant, planSlug: string, at = now): Promise<void> {
  const wish = { planSlug, paymentMethod: 'bank_transfer' } as const;
  const asked = await services.inAccount(tenant, (context) => changeSubscription(context, wish), { now: at });
  const { amount, currency } = accepted(asked).invoice.total;
  const money = { payerName: 'A. Payer', amount, currency, externalPaymentId: `FT ${newId()}` };
  const input = { ...money, accountId: tenant.accountId };
  accepted(await services.asStaff(tenant, (context) => confirmBankTransfer(context, input), { at }));
}

/** The subscription and the credits of each kind at a time. */
const stateAt = (tenant: Tenant, at: Date) =>
  services.inAccount(
    tenant,
    async (context) => {
      const { plan, ...subscription } = await getSubscription(context);
      const { available, byKind } = await getCredits(context);
      return { ...subscription, plan: plan.slug, available, byKind };
    },
    { now: at },
  );
const monthsAfter = (months: number) => addMonths(now, months);
const second = (at: Date, seconds: number) => new Date(at.getTime() + seconds * 1000);
const faultsOf = ({ accountId }: Tenant) => faultsOfBooks(services.database, accountId);

describe('paying early', () => {
  it('buys one period and one grant for each payment, each at its own start', async () => {
    const tenant = await services.register();
    for (let index = 0; index < 3; index += 1) await pay(tenant, 'starter');
    expect(await stateAt(tenant, now)).toMatchObject({
      periodStart: now,
      periodEnd: monthsAfter(1),
      anchorAt: now,
      paidThrough: monthsAfter(3),
      next: { planSlug: 'starter', periodStart: monthsAfter(1), periodEnd: monthsAfter(2) },
      available: 5000,
    });
    for (const month of [1, 2]) {
      const before = await stateAt(tenant, second(monthsAfter(month), -1));
      expect(before).toMatchObject({ periodEnd: monthsAfter(month), available: 5000 });
      expect(await stateAt(tenant, monthsAfter(month))).toMatchObject({
        periodStart: monthsAfter(month),
        periodEnd: monthsAfter(month + 1),
        available: 5000,
        standing: { state: 'good', until: monthsAfter(3) },
      });
    }
    const [given] = await services.database.query(
      "select count(*)::int as grants from credit_grant where account_id = $1 and reference like 'period:%'",
      [tenant.accountId],
    );
    expect(given).toEqual({ grants: 1 });
    expect(await faultsOf(tenant)).toEqual([]);
  });

  it('in grace continues where the last period ended, and after it begins anew', async () => {
    const tenant = await services.register();
    await pay(tenant, 'starter');
    const late = addDays(monthsAfter(1), 3);
    await pay(tenant, 'starter', late);
    expect(await stateAt(tenant, late)).toMatchObject({
      periodStart: monthsAfter(1),
      periodEnd: monthsAfter(2),
      anchorAt: now,
      available: 5000,
    });
    const tooLate = addDays(monthsAfter(2), 7);
    await pay(tenant, 'starter', tooLate);
    expect(await stateAt(tenant, tooLate)).toMatchObject({ periodStart: tooLate, anchorAt: tooLate });
    expect(await faultsOf(tenant)).toEqual([]);
  });
});

describe('grace', () => {
  it('keeps the credits of the plan spendable until it ends', async () => {
    const tenant = await services.register();
    await pay(tenant, 'starter');
    const [end, graceEnd] = [monthsAfter(1), addDays(monthsAfter(1), 7)];
    for (const at of [end, second(graceEnd, -1)])
      expect(await stateAt(tenant, at)).toMatchObject({ standing: { state: 'grace' }, available: 5000 });
    expect(await stateAt(tenant, graceEnd)).toMatchObject({ standing: { state: 'refused' }, available: 0 });
  });
});

describe('another plan', () => {
  it('begins when it is paid when it costs more, and keeps the paid periods of the cheaper one', async () => {
    const tenant = await services.register();
    for (let index = 0; index < 3; index += 1) await pay(tenant, 'starter');
    const at = addDays(now, 1);
    await pay(tenant, 'growth', at);
    const growthEnd = addMonths(at, 1);
    expect(await stateAt(tenant, at)).toMatchObject({
      plan: 'growth',
      periodStart: at,
      periodEnd: growthEnd,
      anchorAt: at,
      paidThrough: addMonths(at, 3),
      next: { planSlug: 'starter', periodStart: growthEnd, periodEnd: addMonths(at, 2) },
      byKind: { plan: 20_000, adjustment: Math.floor((5000 * 30) / 31) },
    });
    expect(await stateAt(tenant, growthEnd)).toMatchObject({ plan: 'starter', byKind: { plan: 5000 } });
    expect(await faultsOf(tenant)).toEqual([]);
  });

  it('keeps no more of a month than the credits that are left of it', async () => {
    const tenant = await services.register();
    await pay(tenant, 'starter');
    const at = addDays(now, 1);
    const used = { accountId: tenant.accountId, kind: 'adjustment', amount: -4990 } as const;
    accepted(
      await services.asStaff(
        tenant,
        (context) => adjustCredits(context, { ...used, reason: 'used', reference: newId() }),
        { at },
      ),
    );
    await pay(tenant, 'growth', at);
    expect(await stateAt(tenant, at)).toMatchObject({ byKind: { plan: 20_000, adjustment: 10 } });
  });

  it('begins when the paid time is over when it costs less', async () => {
    const tenant = await services.register();
    await pay(tenant, 'growth');
    await pay(tenant, 'starter', addDays(now, 1));
    expect(await stateAt(tenant, addDays(now, 1))).toMatchObject({
      plan: 'growth',
      next: { planSlug: 'starter', periodStart: monthsAfter(1) },
      byKind: { plan: 20_000 },
    });
    expect(await stateAt(tenant, monthsAfter(1))).toMatchObject({ plan: 'starter', byKind: { plan: 5000 } });
  });

  it('keeps the months of a paid year that have not begun', async () => {
    const tenant = await services.register();
    await pay(tenant, 'yearly');
    const at = addDays(monthsAfter(1), 3);
    await pay(tenant, 'growth', at);
    expect(await stateAt(tenant, at)).toMatchObject({
      plan: 'growth',
      next: { planSlug: 'yearly', periodStart: addMonths(at, 1), periodEnd: addMonths(at, 11) },
      paidThrough: addMonths(at, 11),
    });
    expect(await stateAt(tenant, addMonths(at, 10))).toMatchObject({ plan: 'yearly', available: 5000 });
    expect(await faultsOf(tenant)).toEqual([]);
  });
});
