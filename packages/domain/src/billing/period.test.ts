import { describe, expect, it } from 'vitest';
import { type CreditPeriod, planMonths } from '../credit/schedule.ts';
import { addDays } from '../time.ts';
import { type Purchase, buyPeriod } from './buy.ts';
import { type PaidPeriod, type PaidPeriods, monthsAfter, periodsAt, placePeriods } from './period.ts';
import type { BilledPlan } from './plan.ts';

const day = (text: string) => new Date(`${text}T12:34:56.789Z`);
const plan = (cycle: 'monthly' | 'annual'): BilledPlan => ({
  id: cycle,
  priceAmount: 100,
  currency: 'USD',
  cycle,
  includedCredits: 10,
  rolloverCreditsMax: 0,
  graceDays: 7,
});

/** What a subscription of one plan has paid after a number of payments on one day. */
function payTimes(times: number, of: BilledPlan, now: Date): PaidPeriods {
  const unpaid: PaidPeriod = {
    id: 'trial',
    planId: of.id,
    anchorAt: now,
    startsAt: now,
    endsAt: now,
    months: 1,
    invoiceId: null,
    paymentId: null,
    creditsLess: 0,
  };
  let paid: PaidPeriods = { running: unpaid, following: [] };
  for (let number = 0; number < times; number += 1) {
    const status = number === 0 ? 'pending_payment' : 'active';
    const order = {
      id: `p${number}`,
      restId: 'rest',
      plan: of,
      invoiceId: null,
      paymentId: `payment ${number}`,
    };
    const bought = buyPeriod({ status, creditsLeft: 0, ...paid }, order, () => of, now);
    paid = afterwards(bought, now);
  }
  return paid;
}

const afterwards = ({ before, placed }: Purchase, now: Date) =>
  periodsAt({ running: before, following: placed }, now);

const lengthOf = (year: number, month: number) => new Date(Date.UTC(year, month + 1, 0)).getUTCDate();

/** The day of a month number after an anchor, by the calendar alone. */
function expectedStart(anchor: Date, months: number): Date {
  const [year, month] = [anchor.getUTCFullYear(), anchor.getUTCMonth() + months];
  const first = new Date(Date.UTC(year, month, 1));
  const last = lengthOf(first.getUTCFullYear(), first.getUTCMonth());
  first.setUTCDate(Math.min(anchor.getUTCDate(), last));
  return new Date(first.getTime() + (anchor.getTime() % 86_400_000));
}

/** Every day of four years, the leap year included, and the last days of a February that has none. */
const anchors = [
  ...Array.from({ length: 1461 }, (_, number) => addDays(day('2026-01-01'), number)),
  day('2100-01-31'),
  day('2100-02-28'),
];

/** A hundred periods from an anchor on. */
function placeAll(of: BilledPlan, anchor: Date): PaidPeriod[] {
  const months = of.cycle === 'monthly' ? 1 : 12;
  const unplaced = Array.from({ length: 100 }, (_, number) => ({
    id: `p${number}`,
    planId: of.id,
    months,
    invoiceId: null,
    paymentId: null,
    creditsLess: 0,
  }));
  return placePeriods(anchor, anchor, unplaced);
}

describe.each(['monthly', 'annual'] as const)('a hundred %s periods', (cycle) => {
  const monthsEach = cycle === 'monthly' ? 1 : 12;

  it('follow each other without a gap, and every month begins on the day of the anchor', () => {
    // A leap year of anchors has every day of every month; a monthly plan is tried from each day of four years.
    for (const anchor of cycle === 'monthly' ? anchors : anchors.slice(730, 1096)) {
      const periods = placeAll(plan(cycle), anchor);
      const given = planMonths(
        periods.map((one): CreditPeriod => ({ ...one, includedCredits: 10, rolloverMax: 0, graceDays: 7 })),
      );
      const starts = periods.map(({ startsAt }) => Number(startsAt));
      const expected = Array.from({ length: 100 * monthsEach }, (_, months) =>
        Number(expectedStart(anchor, months)),
      );
      expect(starts).toEqual(expected.filter((_, months) => months % monthsEach === 0));
      expect(given.map(({ at }) => Number(at))).toEqual(expected);
      expect(periods.slice(0, -1).map(({ endsAt }) => Number(endsAt))).toEqual(starts.slice(1));
      expect(given.slice(0, -1).map(({ expiresAt }) => Number(expiresAt))).toEqual(expected.slice(1));
      expect(new Set(given.map(({ reference }) => reference)).size).toBe(expected.length);
      expect(given.at(-1)?.expiresAt).toEqual(addDays(periods.at(-1)?.endsAt ?? anchor, 7));
    }
  }, 60_000);

  it('are what a hundred payments on one day buy', () => {
    const days = Array.from({ length: 5 }, (_, number) => addDays(day('2028-01-28'), number));
    for (const anchor of days) {
      const { running, following } = payTimes(100, plan(cycle), anchor);
      const datesOf = (periods: readonly PaidPeriod[]) =>
        periods.map(({ id, anchorAt, startsAt, endsAt, months }) => [id, anchorAt, startsAt, endsAt, months]);
      expect(datesOf([running, ...following])).toEqual(datesOf(placeAll(plan(cycle), anchor)));
    }
  });
});

describe('a month after an anchor', () => {
  it('is cut to the length of the month, and is no other day', () => {
    expect(monthsAfter(day('2026-01-31'), day('2026-02-28'))).toBe(1);
    expect(monthsAfter(day('2024-01-31'), day('2024-02-29'))).toBe(1);
    expect(monthsAfter(day('2026-01-31'), day('2026-03-31'))).toBe(2);
    expect(monthsAfter(day('2026-01-31'), day('2026-03-28'))).toBeUndefined();
    expect(monthsAfter(day('2026-01-31'), addDays(day('2026-02-28'), 1))).toBeUndefined();
  });
});
