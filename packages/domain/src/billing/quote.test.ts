import { describe, expect, it } from 'vitest';
import type { SubscriptionStatus } from '../standing.ts';
import { addDays, addMonths } from '../time.ts';
import { placePeriods } from './period.ts';
import type { BilledPlan } from './plan.ts';
import { quotePlan } from './quote.ts';

const now = new Date('2026-01-31T12:00:00Z');
const plan = (id: string, priceAmount: number, more: Partial<BilledPlan> = {}): BilledPlan => ({
  id,
  priceAmount,
  currency: 'USD',
  cycle: 'monthly',
  includedCredits: priceAmount * 10,
  rolloverCreditsMax: 0,
  graceDays: 7,
  ...more,
});
const plans = [
  plan('free', 0),
  plan('low', 1000),
  plan('high', 3000),
  plan('top', 9000),
  plan('year', 12_000, { cycle: 'annual' }),
  plan('euro', 5000, { currency: 'EUR' }),
];
const planOf = (id: string) => plans.find((one) => one.id === id) ?? plan('none', 0);

interface Asking {
  status: SubscriptionStatus;
  creditsLeft: number;
  isRenewal: boolean;
}

/** What it costs an account that paid for some plans on one day to change to another. */
function quote(
  paid: string[],
  to: string,
  at = now,
  { status = 'active', creditsLeft = 0, isRenewal = false }: Partial<Asking> = {},
) {
  const unplaced = paid.map((planId, number) => ({
    id: `paid${number}`,
    planId,
    months: planOf(planId).cycle === 'annual' ? 12 : 1,
    invoiceId: null,
    paymentId: null,
    creditsLess: 0,
  }));
  const [running, ...following] = placePeriods(now, now, unplaced);
  if (running === undefined) throw new Error('Nothing runs.');
  const asking = { current: { running, following, status }, planOf, creditsLeft };
  return quotePlan(asking, planOf(to), { now: at, paymentDays: 14, isRenewal });
}
const end = addMonths(now, 1);

describe('a change of plan', () => {
  it('to one that costs more takes effect when it is paid, for the price less the unused part', () => {
    const at = addDays(now, 14);
    expect(quote(['low'], 'high', at, { creditsLeft: 4000 })).toEqual({
      kind: 'upgrade',
      startsAt: null,
      endsAt: null,
      price: { amount: 3000, currency: 'USD' },
      unused: { credits: 4000, months: 0, amount: 400, periodId: 'paid0' },
      total: { amount: 2600, currency: 'USD' },
      credits: 30_000,
      dueAt: end,
    });
  });

  it.each([
    ['that costs less', 'low'],
    ['that is the same', 'high'],
    ['that costs less and is paid by the year', 'year'],
    ['in another currency, which no price can be compared with', 'euro'],
  ])('to one %s takes effect at the end of what was paid, at its full price', (_what, to) => {
    const asked = quote(['high', 'high'], to, addDays(now, 3), { creditsLeft: 30_000 });
    const startsAt = addMonths(now, 2);
    const { cycle, priceAmount: amount, currency } = planOf(to);
    const endsAt = addMonths(now, cycle === 'annual' ? 14 : 3);
    expect(asked).toMatchObject({ kind: 'subscription', startsAt, endsAt, dueAt: startsAt });
    expect(asked.total).toEqual({ amount, currency });
  });

  it('that is a renewal of the same plan is no upgrade, though its new version costs more', () => {
    expect(quote(['low'], 'high', now, { isRenewal: true })).toMatchObject({
      kind: 'subscription',
      startsAt: end,
      total: { amount: 3000 },
    });
  });

  it('waits its turn where a plan that was paid ahead costs more', () => {
    expect(quote(['low', 'top'], 'high')).toMatchObject({
      kind: 'subscription',
      startsAt: addMonths(now, 2),
    });
  });

  it.each([
    ['a trial', 'trialing', addDays(now, 1)],
    ['an account that waits for its first payment', 'pending_payment', now],
    ['a subscription after its grace', 'active', addDays(end, 7)],
    ['a subscription that was cancelled and is over', 'cancelled', end],
    ['a subscription that has ended', 'expired', addDays(now, 1)],
  ] as const)('of %s takes effect when it is paid, at its full price', (_what, status, at) => {
    expect(quote(['low'], 'high', at, { status, creditsLeft: 10_000 })).toMatchObject({
      kind: 'subscription',
      startsAt: null,
      total: { amount: 3000 },
      dueAt: addDays(at, 14),
    });
  });

  it('in grace continues where the last period ended, at its full price', () => {
    const at = addDays(end, 3);
    expect(quote(['low'], 'high', at, { creditsLeft: 10_000 })).toMatchObject({
      kind: 'subscription',
      startsAt: end,
      endsAt: addMonths(now, 2),
      total: { amount: 3000 },
      dueAt: addDays(at, 14),
    });
  });

  it('from a plan that costs nothing takes effect when it is paid, and nothing is taken off', () => {
    const asked = quote(['free'], 'low', now, { creditsLeft: 1000 });
    expect(asked).toMatchObject({ kind: 'upgrade', unused: { amount: 0 }, total: { amount: 1000 } });
  });
});
