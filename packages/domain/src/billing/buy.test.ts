import { describe, expect, it } from 'vitest';
import type { SubscriptionStatus } from '../standing.ts';
import { addDays, addMonths } from '../time.ts';
import { type CreditedPart, type Purchase, buyPeriod } from './buy.ts';
import { type PaidPeriod, placePeriods } from './period.ts';
import { type BilledPlan, isCheaper } from './plan.ts';

const now = new Date('2026-01-31T12:00:00Z');
const monthsAfter = (months: number) => addMonths(now, months);

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
    invoiceId: null,
    paymentId: null,
    creditsLess: 0,
  }));
  return placePeriods(now, now, periods);
};
interface Buying {
  status: SubscriptionStatus;
  upgrade: CreditedPart;
  creditsLeft: number;
}
function buy(
  planId: string,
  of: readonly PaidPeriod[],
  at: Date,
  { status = 'active', upgrade, creditsLeft = 0 }: Partial<Buying> = {},
): Purchase {
  const [running, ...following] = of;
  if (running === undefined) throw new Error('Nothing runs.');
  const order = {
    id: 'bought',
    restId: 'rest',
    plan: planOf(planId),
    invoiceId: null,
    paymentId: null,
    upgrade,
  };
  return buyPeriod({ running, following, status, creditsLeft }, order, planOf, at);
}
const datesOf = ({ placed }: Purchase) =>
  placed.map(({ id, startsAt, endsAt }) => [id, startsAt, endsAt] as const);

describe('a payment', () => {
  it.each(['active', 'past_due', 'cancelled'] as const)(
    'before the end of what was paid continues there (%s)',
    (status) => {
      const bought = buy('low', paid('low', 'low'), addDays(now, 3), { status });
      expect(datesOf(bought).at(-1)).toEqual(['bought', monthsAfter(2), monthsAfter(3)]);
    },
  );

  it.each(['active', 'past_due'] as const)('in grace continues there too (%s)', (status) => {
    const late = buy('low', paid('low'), new Date(Number(addDays(monthsAfter(1), 7)) - 1), { status });
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
    const bought = buy('low', paid('low'), at, { status });
    expect(datesOf(bought)).toEqual([['bought', at, addMonths(at, 1)]]);
    expect(bought.bought.anchorAt).toEqual(at);
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

describe('an upgrade', () => {
  const upgrade = (more: Partial<CreditedPart> = {}): CreditedPart => ({
    periodId: 'paid0',
    credits: 50,
    months: 0,
    amount: 5,
    ...more,
  });

  it('begins when it is paid, and what is paid and has not begun follows it', () => {
    const at = addDays(now, 14);
    const bought = buy('high', paid('low', 'low'), at, { upgrade: upgrade(), creditsLeft: 60 });
    expect(datesOf(bought)).toEqual([
      ['bought', at, addMonths(at, 1)],
      ['paid1', addMonths(at, 1), addMonths(at, 2)],
    ]);
    expect(bought.before).toMatchObject({ id: 'paid0', endsAt: at, months: 1 });
    expect(bought.bought).toMatchObject({ anchorAt: at, creditsLess: 0 });
  });

  it('brings less by the credits that its invoice took off the price and that were spent since', () => {
    const at = addDays(now, 14);
    const bought = (creditsLeft: number) =>
      buy('high', paid('low'), at, { upgrade: upgrade(), creditsLeft }).bought;
    expect([50, 30, 0].map((left) => bought(left).creditsLess)).toEqual([0, 20, 50]);
  });

  it('takes the later months of a year that its invoice counted, and keeps the others', () => {
    const at = addDays(monthsAfter(2), 1);
    const part = upgrade({ credits: 3 * 1200, months: 3, amount: 29 });
    const bought = buy('high', paid('year'), at, { upgrade: part, creditsLeft: 0 });
    expect(bought.before).toMatchObject({ id: 'paid0', months: 3, endsAt: at });
    expect(datesOf(bought)).toEqual([
      ['bought', at, addMonths(at, 1)],
      ['rest', addMonths(at, 1), addMonths(at, 7)],
    ]);
    expect(bought.bought.creditsLess).toBe(0);
  });

  it('brings less by the months of a year that its invoice counted and that have begun since', () => {
    const part = upgrade({ credits: 11 * 1200, months: 11, amount: 29 });
    const at = addDays(monthsAfter(2), 1);
    const bought = buy('high', paid('year'), at, { upgrade: part, creditsLeft: 200 });
    expect(datesOf(bought)).toHaveLength(1);
    // 2,200 credits of the year took as much off the price as 49 credits of the better plan cost.
    expect(bought.bought.creditsLess).toBe(49);
  });

  it('keeps nothing of a plan that costs nothing', () => {
    const part = upgrade({ credits: 0, amount: 0 });
    expect(datesOf(buy('low', paid('free'), addDays(now, 1), { upgrade: part }))).toHaveLength(1);
  });

  it('that is paid after its period continues the paid time, and brings less by the whole credit', () => {
    const late = buy('high', paid('low'), addDays(monthsAfter(1), 1), {
      upgrade: upgrade(),
      creditsLeft: 10,
    });
    expect(datesOf(late)).toEqual([['bought', monthsAfter(1), monthsAfter(2)]]);
    expect(late.bought.creditsLess).toBe(40);
    const other = buy('high', paid('low'), addDays(now, 1), {
      upgrade: upgrade({ periodId: 'gone' }),
      creditsLeft: 70,
    });
    expect(datesOf(other)).toEqual([['bought', monthsAfter(1), monthsAfter(2)]]);
    expect(other.bought.creditsLess).toBe(50);
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
