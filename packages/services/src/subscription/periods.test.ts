import { openInvoices } from '@tenantry/db/billing/queries';
import { newId } from '@tenantry/db/ids';
import { addDays, addMonths } from '@tenantry/domain/time';
import { faultsOfBooks } from '@tenantry/testing/ledger-faults';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getCredits } from '../credit/get.ts';
import { type ServiceTest, type Tenant, accepted, now, openServiceTest } from '../service.fixture.ts';
import { adjustCredits } from '../staff/adjust-credits.ts';
import { confirmBankTransfer } from '../staff/confirm-bank-transfer.ts';
import { orderPlan } from './change.ts';
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

/** Asks for a plan at a time. */
async function ask(tenant: Tenant, planSlug: string, at: Date) {
  const wish = { planSlug, paymentMethod: 'bank_transfer' } as const;
  return accepted(await services.inAccount(tenant, (context) => orderPlan(context, wish), { now: at }));
}

/** Pays the one open invoice at a time. */
async function confirm(tenant: Tenant, at: Date): Promise<void> {
  const [open] = await services.inAccount(tenant, ({ tx }) => openInvoices(tx), { now: at });
  if (open === undefined) throw new Error('No invoice is open.');
  const { amount, currency } = open;
  const money = { payerName: 'A. Payer', amount, currency, externalPaymentId: `FT ${newId()}` };
  const input = { ...money, accountId: tenant.accountId };
  accepted(await services.asStaff(tenant, (context) => confirmBankTransfer(context, input), { at }));
}

/** Asks for a plan and pays for it at a time. */
async function pay(tenant: Tenant, planSlug: string, at = now): Promise<void> {
  await ask(tenant, planSlug, at);
  await confirm(tenant, at);
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
  /** Takes plan credits, as work that was done would. */
  const use = async (tenant: Tenant, amount: number, at: Date) => {
    const used = { accountId: tenant.accountId, kind: 'adjustment', amount: -amount } as const;
    const input = { ...used, reason: 'used', reference: newId() };
    accepted(await services.asStaff(tenant, (context) => adjustCredits(context, input), { at }));
  };

  it('that costs more begins when it is paid, and keeps the paid periods of the cheaper one', async () => {
    const tenant = await services.register();
    for (let index = 0; index < 3; index += 1) await pay(tenant, 'starter');
    const at = addDays(now, 1);
    const { invoice } = await ask(tenant, 'growth', at);
    expect(invoice).toMatchObject({
      kind: 'upgrade',
      total: { amount: 8900 - Math.floor((2900 * 4838) / 5000) },
    });
    await pay(tenant, 'growth', at);
    const growthEnd = addMonths(at, 1);
    expect(await stateAt(tenant, at)).toMatchObject({
      plan: 'growth',
      periodStart: at,
      periodEnd: growthEnd,
      anchorAt: at,
      paidThrough: addMonths(at, 3),
      next: { planSlug: 'starter', periodStart: growthEnd, periodEnd: addMonths(at, 2) },
      byKind: { plan: 20_000, adjustment: 0 },
    });
    expect(await stateAt(tenant, growthEnd)).toMatchObject({ plan: 'starter', byKind: { plan: 5000 } });
    expect(await faultsOf(tenant)).toEqual([]);
  });

  it('takes no more off the price than the credits that are left are worth', async () => {
    const tenant = await services.register();
    await pay(tenant, 'starter');
    const at = addDays(now, 1);
    await use(tenant, 4990, at);
    const { invoice } = await ask(tenant, 'growth', at);
    expect(invoice.total.amount).toBe(8900 - 5);
    expect(invoice.lines).toMatchObject([
      { description: 'Growth', amount: 8900 },
      { description: 'Unused part of Starter', amount: -5 },
    ]);
  });

  it('brings less by the credits that its invoice took off the price and that were spent before it was paid', async () => {
    const tenant = await services.register();
    await pay(tenant, 'starter');
    const at = addDays(now, 1);
    await ask(tenant, 'growth', at);
    await use(tenant, 1000, at);
    await confirm(tenant, at);
    expect(await stateAt(tenant, at)).toMatchObject({
      plan: 'growth',
      // 838 credits of Starter took as much off the price as 1,092 of Growth cost.
      byKind: { plan: 20_000 - 1093 },
    });
    expect(await faultsOf(tenant)).toEqual([]);
  });

  it('that is paid after the period continues the paid time, and brings less by what is gone', async () => {
    const tenant = await services.register();
    await pay(tenant, 'starter');
    await ask(tenant, 'growth', now);
    await use(tenant, 5000, now);
    const late = addDays(monthsAfter(1), 3);
    await confirm(tenant, late);
    expect(await stateAt(tenant, late)).toMatchObject({
      plan: 'growth',
      periodStart: monthsAfter(1),
      byKind: { plan: 20_000 - Math.ceil((2900 * 20_000) / 8900) },
    });
  });

  it('that costs less begins when the paid time is over', async () => {
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

  it('takes the later months of a paid year off its price, and keeps those that are worth more than its price', async () => {
    const tenant = await services.register();
    await pay(tenant, 'yearly');
    const at = addDays(monthsAfter(1), 3);
    const { invoice } = await ask(tenant, 'growth', at);
    expect(invoice.total.amount).toBeGreaterThan(0);
    await confirm(tenant, at);
    expect(await stateAt(tenant, at)).toMatchObject({
      plan: 'growth',
      next: { planSlug: 'yearly', periodStart: addMonths(at, 1), periodEnd: addMonths(at, 9) },
      paidThrough: addMonths(at, 9),
      available: 20_000,
    });
    expect(await stateAt(tenant, addMonths(at, 8))).toMatchObject({ plan: 'yearly', available: 5000 });
    expect(await faultsOf(tenant)).toEqual([]);
  });
});
