import { openInvoices } from '@tenantry/db/billing/queries';
import { newId } from '@tenantry/db/ids';
import { addDays, addMonths } from '@tenantry/domain/time';
import { change } from '@tenantry/ledger/change';
import { faultsOfBooks } from '@tenantry/testing/ledger-faults';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getCredits } from '../credit/get.ts';
import { holdCredits } from '../credit/hold.ts';
import { settleHold } from '../credit/settle.ts';
import { type ServiceTest, type Tenant, accepted, now, openServiceTest } from '../service.fixture.ts';
import { confirmBankTransfer } from '../staff/confirm-bank-transfer.ts';
import { cancelSubscription, resumeSubscription } from './cancel.ts';
import { orderPlan } from './change.ts';
import { getSubscription } from './get.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
  await services.database.query(
    `insert into plan select (json_populate_record(plan, change.it)).* from plan, (values
      ('{"id":"0198f000-0000-7000-8000-0000000000d1","slug":"top","price_amount":29900,"included_credits":80000}'::json),
      ('{"id":"0198f000-0000-7000-8000-0000000000d2","slug":"euro","price_amount":8900,"currency":"EUR"}'::json))
      as change (it) where plan.slug = 'growth'`,
  );
});
afterAll(() => services.close());

const end = addMonths(now, 1);

async function ask(tenant: Tenant, planSlug: string, at: Date) {
  const wish = { planSlug, paymentMethod: 'bank_transfer' } as const;
  return accepted(await services.inAccount(tenant, (context) => orderPlan(context, wish), { now: at }))
    .invoice;
}
async function confirm(tenant: Tenant, at: Date): Promise<void> {
  const [open] = await services.inAccount(tenant, ({ tx }) => openInvoices(tx), { now: at });
  if (open === undefined) throw new Error('No invoice is open.');
  const money = { payerName: 'A. Payer', amount: open.amount, currency: open.currency };
  const input = { ...money, externalPaymentId: `FT ${newId()}`, accountId: tenant.accountId };
  accepted(await services.asStaff(tenant, (context) => confirmBankTransfer(context, input), { at }));
}
/** Asks for a plan, pays for it, and answers what it cost. */
async function buy(tenant: Tenant, planSlug: string, at: Date): Promise<number> {
  const { total } = await ask(tenant, planSlug, at);
  await confirm(tenant, at);
  return total.amount;
}
const spend = (tenant: Tenant, amount: number, at: Date) =>
  services.inAccount(
    tenant,
    async ({ tx }) => {
      const hold = await change(tx, holdCredits, { amount, ttlSeconds: 60, metadata: {} });
      const used = { allowExcess: false, usageSource: 'reported' } as const;
      return change(tx, settleHold, { holdId: accepted(hold).id, amount, ...used });
    },
    { now: at },
  );
const stateAt = (tenant: Tenant, at: Date) =>
  services.inAccount(
    tenant,
    async (context) => {
      const { plan, standing, status } = await getSubscription(context);
      return {
        plan: plan.slug,
        code: standing.code,
        status,
        credits: (await getCredits(context)).byKind.plan,
      };
    },
    { now: at },
  );

describe('changes of plan in one period', () => {
  it('take the whole worth of the running plan off the second upgrade, not what the first one cost', async () => {
    const tenant = await services.register();
    await buy(tenant, 'starter', now);
    expect(await buy(tenant, 'growth', now)).toBe(8900 - 2900);
    expect(await buy(tenant, 'top', now)).toBe(29_900 - 8900);
    expect(await stateAt(tenant, now)).toMatchObject({ plan: 'top', credits: 80_000 });
  });

  it('cost the full price once the credits are spent, however little of the time is left', async () => {
    const tenant = await services.register();
    await buy(tenant, 'starter', now);
    await spend(tenant, 5000, now);
    expect(await buy(tenant, 'growth', addDays(end, -1))).toBe(8900);
  });

  it('up and down again and again give no credits that nobody paid for', async () => {
    const tenant = await services.register();
    await buy(tenant, 'growth', now);
    await spend(tenant, 15_000, now);
    for (const [index, slug] of ['starter', 'growth', 'starter', 'growth'].entries())
      await ask(tenant, slug, addDays(now, index));
    expect(await stateAt(tenant, addDays(now, 4))).toMatchObject({ plan: 'growth', credits: 5000 });
    await buy(tenant, 'starter', addDays(now, 5));
    expect(await stateAt(tenant, addDays(now, 5))).toMatchObject({ plan: 'growth', credits: 5000 });
    expect(await faultsOfBooks(services.database, tenant.accountId)).toEqual([]);
  });

  it('to a cheaper plan leave the limits and credits of the running one until it ends', async () => {
    const tenant = await services.register();
    await buy(tenant, 'growth', now);
    await buy(tenant, 'starter', addDays(now, 2));
    const last = new Date(end.getTime() - 1);
    expect(await stateAt(tenant, last)).toMatchObject({ plan: 'growth', credits: 20_000 });
    expect(await stateAt(tenant, end)).toMatchObject({ plan: 'starter', credits: 5000 });
  });

  it('to a plan in another currency wait for the end, and lose nothing', async () => {
    const tenant = await services.register();
    await buy(tenant, 'starter', now);
    expect(await ask(tenant, 'euro', addDays(now, 1))).toMatchObject({
      kind: 'subscription',
      total: { amount: 8900, currency: 'EUR' },
      periodStart: end,
    });
    await confirm(tenant, addDays(now, 1));
    expect(await stateAt(tenant, addDays(now, 1))).toMatchObject({ plan: 'starter', credits: 5000 });
    expect(await stateAt(tenant, end)).toMatchObject({ plan: 'euro', credits: 20_000 });
  });
});

describe('a cancellation', () => {
  const cancel = (tenant: Tenant, at: Date) => services.inAccount(tenant, cancelSubscription, { now: at });
  const resume = (tenant: Tenant, at: Date) => services.inAccount(tenant, resumeSubscription, { now: at });

  it('of a trial ends with the trial, and its withdrawal gives no second one', async () => {
    const tenant = await services.register();
    accepted(await cancel(tenant, addDays(now, 1)));
    accepted(await resume(tenant, addDays(now, 2)));
    accepted(await cancel(tenant, addDays(now, 3)));
    expect(await stateAt(tenant, addDays(now, 13))).toMatchObject({ code: null, status: 'cancelled' });
    expect(await stateAt(tenant, addDays(now, 14))).toMatchObject({
      code: 'subscription_cancelled',
      credits: 0,
    });
  });

  it('in grace ends the subscription at once, with its credits', async () => {
    const tenant = await services.register();
    await buy(tenant, 'starter', now);
    const late = addDays(end, 2);
    expect(accepted(await cancel(tenant, late)).standing).toMatchObject({ code: 'subscription_cancelled' });
    expect(await stateAt(tenant, late)).toMatchObject({ credits: 0 });
    await buy(tenant, 'starter', addDays(late, 1));
    expect(await stateAt(tenant, addDays(late, 1))).toMatchObject({ status: 'active', credits: 5000 });
  });
});
