import { describe, expect, it } from 'vitest';
import { addDays, addMonths } from '../time.ts';
import { type PaidPeriod, placePeriods } from './period.ts';
import { type BilledPlan, isCheaper, monthsOfCycle } from './plan.ts';
import { unusedPart } from './unused.ts';

const now = new Date('2026-03-01T00:00:00Z');
const plan = (priceAmount: number, includedCredits: number, more: Partial<BilledPlan> = {}): BilledPlan => ({
  id: `${priceAmount}`,
  priceAmount,
  currency: 'USD',
  cycle: 'monthly',
  includedCredits,
  rolloverCreditsMax: 0,
  graceDays: 7,
  ...more,
});
const starter = plan(2900, 5000);
const growth = plan(8900, 20_000);
const yearly = plan(29_000, 5000, { cycle: 'annual' });
const growthYearly = plan(89_000, 20_000, { cycle: 'annual' });

function periodOf({ cycle }: BilledPlan, creditsLess = 0): PaidPeriod {
  const months = cycle === 'annual' ? 12 : 1;
  const [period] = placePeriods(now, now, [
    { id: 'one', planId: 'any', months, invoiceId: null, paymentId: null, creditsLess },
  ]);
  if (period === undefined) throw new Error('Nothing was placed.');
  return period;
}
const unused = (from: BilledPlan, to: BilledPlan, creditsLeft: number, at: Date, creditsLess = 0) =>
  unusedPart({ period: periodOf(from, creditsLess), plan: from, creditsLeft }, to, at);
/** Half of the 31 days of March. */
const half = new Date(now.getTime() + 15.5 * 86_400_000);

describe('the unused part of a running period', () => {
  it('is the smaller of its unused time and its unused credits, floored to minor units', () => {
    expect(unused(starter, growth, 5000, now)).toEqual({ credits: 5000, months: 0, amount: 2900 });
    expect(unused(starter, growth, 5000, half)).toEqual({ credits: 2500, months: 0, amount: 1450 });
    expect(unused(starter, growth, 1234, half)).toEqual({ credits: 1234, months: 0, amount: 715 });
    expect(unused(starter, growth, 0, now)).toEqual({ credits: 0, months: 0, amount: 0 });
  });

  it('of a year counts the months that have not begun, whole', () => {
    const at = addDays(addMonths(now, 1), 15);
    expect(unused(yearly, growthYearly, 5000, at)).toEqual({
      credits: 2500 + 10 * 5000,
      months: 10,
      amount: Math.floor((29_000 * 52_500) / 60_000),
    });
  });

  it('counts as many later months as leave something to pay', () => {
    const part = unused(yearly, growth, 5000, now);
    expect(part.months).toBe(2);
    expect(part.amount).toBe(7250);
  });

  it('is time alone where the plan has no credits', () => {
    expect(unused(plan(1000, 0), growth, 0, half)).toEqual({ credits: 0, months: 0, amount: 500 });
  });

  it('has no credits where the new plan brings none that those spent meanwhile could be taken from', () => {
    expect(unused(starter, plan(8900, 0), 5000, now)).toEqual({ credits: 0, months: 0, amount: 0 });
  });

  it('does not count what the months bring less than the plan', () => {
    expect(unused(yearly, growthYearly, 0, now, 5000 + 700).credits).toBe(11 * 5000 - 700);
  });

  it.each([
    ['whose time is over', starter, growth, addMonths(now, 1)],
    ['of a plan that costs nothing', plan(0, 5000), growth, now],
    ['of a plan in another currency', plan(2900, 5000, { currency: 'EUR' }), growth, now],
  ])('is nothing for a period %s', (_what, from, to, at) => {
    expect(unused(from, to, 5000, at)).toEqual({ credits: 0, months: 0, amount: 0 });
  });

  it('never makes an invoice of nothing, and no credit of it is worth more than it cost', () => {
    const some = [0, 1, 2, 11, 29, 30.4, 31, 180, 330, 364, 366];
    const amounts = [1, 7, 100, 2900, 999_999];
    const plans = amounts.flatMap((price) =>
      [0, 1, 13, 5000].flatMap((included) =>
        (['monthly', 'annual'] as const).map((cycle) => plan(price, included, { cycle })),
      ),
    );
    for (const from of plans)
      for (const to of plans.filter((one) => isCheaper(from, one)))
        for (const days of some) {
          const months = monthsOfCycle[from.cycle];
          const left = (days * 7) % (from.includedCredits + 1);
          const part = unused(from, to, Math.floor(left), addDays(now, days));
          const isSound =
            part.amount < to.priceAmount &&
            part.amount <= from.priceAmount &&
            part.credits <= from.includedCredits * months &&
            (part.credits === 0 || to.includedCredits > 0) &&
            (from.includedCredits === 0 ||
              part.amount * from.includedCredits * months <= part.credits * from.priceAmount);
          if (!isSound) expect({ from, to, days, part }).toBeUndefined();
        }
    expect(plans).toHaveLength(40);
  });
});
