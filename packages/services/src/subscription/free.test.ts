import { lockAccount } from '@tenantry/db/account/queries';
import { newId } from '@tenantry/db/ids';
import { addMonths } from '@tenantry/domain/time';
import { faultsOfBooks } from '@tenantry/testing/ledger-faults';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServiceTest, type Tenant, accepted, codeOf, now, openServiceTest } from '../service.fixture.ts';
import { day, moneyBackTest } from '../staff/money-back.fixture.ts';
import { cancelSubscription, resumeSubscription } from './cancel.ts';
import { changeSubscription, orderPlan } from './change.ts';
import { getSubscription } from './get.ts';
import { previewChange } from './preview.ts';
import { runSteps } from './steps.ts';

let services: ServiceTest;
const free = `free-${newId()}`;
const insertPlan = (slug: string, trialDays = 0) =>
  services.database.query(
    `insert into plan (id, slug, plan_version, name, state, currency, cycle, included_credits, users_max, sites_max,
      sectors_per_site_max, api_keys_max, throttle_rates, rollover_credits_max, price_amount, grace_days, trial_days)
      select $1, $2, 1, $2, 'listed', 'USD', 'monthly', 100, 1, 2, 1, 1, throttle_rates, 0, 0, 7, $3 from plan where slug = 'trial'`,
    [newId(), slug, trialDays],
  );
beforeAll(async () => {
  services = await openServiceTest();
  await insertPlan(free);
});
afterAll(() => services.close());

const { ask, confirm, giveBack, invoice, pay, stateAt, spend } = moneyBackTest(() => services);
const change = (tenant: Tenant, planSlug = free, at = now) =>
  services.inAccount(
    tenant,
    (context) => changeSubscription(context, { planSlug, paymentMethod: 'bank_transfer' }),
    { now: at },
  );
const shownAt = (tenant: Tenant, at: Date) => services.inAccount(tenant, getSubscription, { now: at });
const work = (tenant: Tenant, at: Date) =>
  services.inAccount(
    tenant,
    async ({ tx }) => {
      await lockAccount(tx);
      return runSteps(tx, { renewalInvoiceDays: 7 });
    },
    { now: at },
  );
const end = addMonths(now, 1);

describe('a plan that costs nothing', () => {
  it('begins when the paid time is over, without an invoice, and brings its credits each month (J66)', async () => {
    const tenant = await services.register();
    await pay(tenant);
    const preview = await services.inAccount(tenant, (context) =>
      previewChange(context, { planSlug: free, paymentMethod: 'bank_transfer' }),
    );
    expect(preview).toMatchObject({
      kind: 'subscription',
      startsAt: end,
      endsAt: null,
      total: { amount: 0 },
    });
    const changed = accepted(await change(tenant, free, day(3)));
    expect(changed).toMatchObject({
      invoice: null,
      subscription: {
        plan: { slug: 'starter' },
        paidThrough: end,
        next: { planSlug: free, periodStart: end, periodEnd: addMonths(now, 2) },
      },
    });
    expect(await stateAt(tenant, day(3))).toMatchObject({ plan: 'starter', available: 5000 });
    for (const month of [1, 2, 3, 14]) {
      const at = addMonths(now, month);
      expect(await stateAt(tenant, at)).toMatchObject({
        status: 'active',
        code: null,
        plan: free,
        available: 100,
      });
      expect(await shownAt(tenant, at)).toMatchObject({
        periodStart: at,
        periodEnd: addMonths(now, month + 1),
        paidThrough: null,
        standing: { state: 'good', until: null },
      });
    }
    expect(await faultsOfBooks(services.database, tenant.accountId)).toEqual([]);
  });

  it('begins now after a trial, is taken once, and asks for no money (J66)', async () => {
    const tenant = await services.register();
    accepted(await change(tenant));
    await spend(tenant, 60);
    for (const at of [day(0), day(1), day(20)]) accepted(await change(tenant, free, at));
    expect(await stateAt(tenant, day(20))).toMatchObject({ plan: free, available: 40 });
    let at: Date | null = now;
    const until = addMonths(now, 4);
    while (at !== null && at <= until) at = await work(tenant, at);
    const topics = await services.topicsOf(tenant);
    expect(topics.filter((topic) => topic === 'subscription.renewed')).toHaveLength(4);
    expect(topics.filter((topic) => topic.startsWith('invoice.'))).toEqual([]);
  });

  it('takes the place of an open invoice, whose money goes to the balance', async () => {
    const tenant = await services.register();
    const { id } = await ask(tenant, 'growth');
    accepted(await change(tenant));
    expect(await invoice(tenant, id)).toMatchObject({ status: 'void', voidReason: 'superseded' });
  });

  it('gives way to a paid one at once, and is to come no more after one', async () => {
    const [running, scheduled] = [await services.register(), await services.register()];
    accepted(await change(running));
    await pay(running, 'starter', day(3));
    expect(await stateAt(running, day(3))).toMatchObject({
      plan: 'starter',
      periodStart: day(3),
      available: 5000,
    });
    expect(await stateAt(running, day(33))).toMatchObject({ plan: 'starter' });
    await pay(scheduled);
    accepted(await change(scheduled, free, day(1)));
    await pay(scheduled, 'starter', day(2));
    expect(await shownAt(scheduled, day(2))).toMatchObject({
      paidThrough: addMonths(now, 2),
      next: { planSlug: 'starter' },
    });
    expect(await stateAt(scheduled, addMonths(now, 2))).toMatchObject({ status: 'past_due' });
  });

  it('goes on when the payment that took its place is taken back', async () => {
    const tenant = await services.register();
    accepted(await change(tenant));
    const { payment } = await pay(tenant, 'starter', day(3));
    accepted(await giveBack(tenant, payment.id, day(5)));
    expect(await stateAt(tenant, day(5))).toMatchObject({ plan: free, status: 'active', available: 0 });
    expect(await stateAt(tenant, addMonths(now, 1))).toMatchObject({ plan: free, available: 100 });
    expect(await faultsOfBooks(services.database, tenant.accountId)).toEqual([]);
  });

  it('is cancelled to the end of its month, and resumed until then', async () => {
    const tenant = await services.register();
    accepted(await change(tenant));
    const cancel = (at: Date) => services.inAccount(tenant, cancelSubscription, { now: at });
    expect(accepted(await cancel(day(35)))).toMatchObject({
      status: 'cancelled',
      periodEnd: addMonths(now, 2),
    });
    accepted(await services.inAccount(tenant, resumeSubscription, { now: day(40) }));
    expect(await stateAt(tenant, addMonths(now, 5))).toMatchObject({ status: 'active', available: 100 });
    accepted(await cancel(addMonths(now, 5)));
    expect(await stateAt(tenant, addMonths(now, 6))).toMatchObject({
      code: 'subscription_cancelled',
      available: 0,
    });
  });

  it('is refused as a trial, from another one that costs nothing, and to whoever would pay for it', async () => {
    const tenant = await services.register();
    const [trial, other] = [`trial-${newId()}`, `free-${newId()}`];
    await insertPlan(trial, 14);
    await insertPlan(other);
    expect(codeOf(await change(tenant, trial))).toBe('conflict');
    expect(codeOf(await change(tenant, `none-${free}`))).toBe('not_found');
    const wish = { planSlug: free, paymentMethod: 'bank_transfer' } as const;
    expect(codeOf(await services.inAccount(tenant, (context) => orderPlan(context, wish)))).toBe('conflict');
    accepted(await change(tenant));
    expect(codeOf(await change(tenant, other))).toBe('conflict');
    expect(codeOf(await confirm(tenant))).toBe('invoice_ambiguous');
  });
});
