import { describe, expect, it } from 'vitest';
import type { SubscriptionStatus } from '../standing.ts';
import { addDays, addMonths } from '../time.ts';
import { type BilledPlan, type Purchase, buyPeriod, isCheaper } from './buy.ts';
import { type PaidPeriod, placePeriods } from './period.ts';

const now = new Date('2026-01-31T12:00:00Z');
const monthsAfter = (months: number) => addMonths(now, months);

const plan = (id: string, priceAmount: number, more: Partial<BilledPlan> = {}): BilledPlan => ({
  id,
  priceAmount,
  currency: 'USD',
  cycle: 'monthly',
  includedCredits: priceAmount * 10,
  graceDays: 7,
  ...more,
});
const plans = [
  plan('low', 10),
  plan('middle', 20),
  plan('high', 30),
  plan('free', 0, { includedCredits: 1000 }),
  plan('year', 120, { cycle: 'annual' }),
];
const planOf = (id: string) => plans.find((one) => one.id === id) ?? plan('none', 0);

/** The periods of an account that paid for these plans on one day, in order. */
const paid = (...ids: string[]) => {
  const months = (id: string) => (planOf(id).cycle === 'annual' ? 12 : 1);
  const periods = ids.map((planId, number) => ({
    id: `paid${number}`,
    planId,
    months: months(planId),
    paymentId: null,
  }));
  return placePeriods(now, now, periods);
};
function buy(
  planId: string,
  of: readonly PaidPeriod[],
  at: Date,
  status: SubscriptionStatus = 'active',
): Purchase {
  const [running, ...following] = of;
  if (running === undefined) throw new Error('Nothing runs.');
  const order = { id: 'bought', restId: 'rest', plan: planOf(planId), paymentId: null };
  return buyPeriod({ running, following, status }, order, planOf, at);
}
const datesOf = ({ placed }: Purchase) =>
  placed.map(({ id, startsAt, endsAt }) => [id, startsAt, endsAt] as const);

describe('a payment', () => {
  it.each(['active', 'past_due', 'cancelled'] as const)(
    'before the end of what was paid continues there (%s)',
    (status) => {
      const bought = buy('low', paid('low', 'low'), addDays(now, 3), status);
      expect(datesOf(bought).at(-1)).toEqual(['bought', monthsAfter(2), monthsAfter(3)]);
    },
  );

  it.each(['active', 'past_due'] as const)('in grace continues there too (%s)', (status) => {
    const late = buy('low', paid('low'), new Date(Number(addDays(monthsAfter(1), 7)) - 1), status);
    expect(datesOf(late)).toEqual([['bought', monthsAfter(1), monthsAfter(2)]]);
  });

  it.each([
    ['active', addDays(monthsAfter(1), 7)],
    ['past_due', addDays(monthsAfter(1), 7)],
    ['cancelled', monthsAfter(1)],
    ['expired', addDays(monthsAfter(1), 1)],
    ['trialing', addDays(now, 3)],
    ['pending_payment', now],
  ] as const)('that comes later, or is the first, begins when it is paid (%s)', (status, at) => {
    const bought = buy('low', paid('low'), at, status);
    expect(datesOf(bought)).toEqual([['bought', at, addMonths(at, 1)]]);
    expect(bought.bought.anchorAt).toEqual(at);
    expect(bought.unusedCreditsMax).toBe(0);
  });

  it('for a better plan begins at once, and what is paid and has not begun follows it', () => {
    const at = addDays(now, 14);
    const bought = buy('high', paid('low', 'low'), at);
    expect(datesOf(bought)).toEqual([
      ['bought', at, addMonths(at, 1)],
      ['paid1', addMonths(at, 1), addMonths(at, 2)],
    ]);
    expect(bought.before).toMatchObject({ id: 'paid0', endsAt: at, months: 1 });
    expect(bought.unusedCreditsMax).toBe(50);
  });

  it('for a better plan keeps the months of a year that have not begun', () => {
    const at = addDays(monthsAfter(2), 1);
    const bought = buy('high', paid('year'), at);
    expect(bought.before).toMatchObject({ id: 'paid0', months: 3, endsAt: at });
    expect(datesOf(bought)).toEqual([
      ['bought', at, addMonths(at, 1)],
      ['rest', addMonths(at, 1), addMonths(at, 10)],
    ]);
  });

  it('for a better plan keeps nothing of one that costs nothing', () => {
    const bought = buy('low', paid('free'), addDays(now, 1));
    expect(datesOf(bought)).toHaveLength(1);
    expect(bought.unusedCreditsMax).toBe(0);
  });

  it('for a cheaper plan, or another one at the same price, begins when the paid time is over', () => {
    plans.push(plan('other', 30));
    for (const id of ['low', 'other'])
      expect(datesOf(buy(id, paid('high'), addDays(now, 3)))).toEqual([
        ['bought', monthsAfter(1), monthsAfter(2)],
      ]);
  });

  it('never puts a cheaper plan before a better one that is paid', () => {
    const renewed = buy('high', paid('high', 'low'), addDays(now, 3));
    expect(datesOf(renewed)).toEqual([
      ['bought', monthsAfter(1), monthsAfter(2)],
      ['paid1', monthsAfter(2), monthsAfter(3)],
    ]);
    const middle = buy('middle', paid('high', 'low'), addDays(now, 3));
    expect(datesOf(middle).map(([id]) => id)).toEqual(['bought', 'paid1']);
    expect(datesOf(buy('low', paid('high', 'middle'), now)).map(([id]) => id)).toEqual(['paid1', 'bought']);
  });

  it('after a period that ends on no month of its anchor begins at an anchor of its own', () => {
    const [first] = paid('low');
    if (first === undefined) throw new Error('Nothing runs.');
    const end = addDays(now, 45);
    const { bought } = buy('low', [{ ...first, endsAt: end }], now);
    expect(bought).toMatchObject({ anchorAt: end, startsAt: end, endsAt: addMonths(end, 1) });
  });
});

describe('the cheaper of two plans', () => {
  it('is the one with the lower price of a month', () => {
    expect(isCheaper(planOf('low'), planOf('middle'))).toBe(true);
    expect(isCheaper(planOf('middle'), planOf('low'))).toBe(false);
    expect(isCheaper(planOf('year'), planOf('low'))).toBe(false);
    expect(isCheaper(planOf('low'), planOf('year'))).toBe(false);
  });

  it('is the one with fewer credits where the currencies differ', () => {
    const euro = plan('euro', 5, { currency: 'EUR', includedCredits: 1000 });
    expect(isCheaper(planOf('low'), euro)).toBe(true);
    expect(isCheaper(euro, planOf('low'))).toBe(false);
  });
});
