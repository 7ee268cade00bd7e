import { describe, expect, it } from 'vitest';
import { addDays, addMonths } from '../time.ts';
import { type PaidPeriod, placePeriods } from './period.ts';
import { withdrawPeriods } from './withdraw.ts';

const start = new Date('2026-01-31T12:00:00Z');
const month = (months: number) => addMonths(start, months);

/** Four months that were paid one by one, each by the payment of its name. */
const [first, second, third, fourth] = placePeriods(
  start,
  start,
  ['a', 'b', 'c', 'd'].map((id) => ({
    id,
    planId: 'plan',
    months: 1,
    invoiceId: id,
    paymentId: id,
    creditsLess: 0,
  })),
);
if (first === undefined || second === undefined || third === undefined || fourth === undefined)
  throw new Error('Four periods were placed.');

const withdraw = (ids: string, now: Date) =>
  withdrawPeriods(
    { earlier: [first], running: second, following: [third, fourth] },
    { isWithdrawn: ({ invoiceId }) => invoiceId !== null && ids.includes(invoiceId), isFree: () => false },
    now,
  );
const datesOf = (periods: readonly (PaidPeriod | undefined)[]) =>
  periods.map((period) => [period?.id, period?.startsAt, period?.endsAt]);

describe('a paid period that turns out not to be paid', () => {
  const now = addDays(month(1), 3);

  it('is taken out of those to come, and what follows moves up', () => {
    const left = withdraw('c', now);
    expect(datesOf(left.withdrawn)).toEqual([['c', month(2), month(3)]]);
    expect(datesOf([left.running, ...left.placed])).toEqual([
      ['b', month(1), month(2)],
      ['d', month(2), month(3)],
    ]);
    expect(left.status).toBe('active');
  });

  it('ends now when it runs, and what follows begins now', () => {
    const left = withdraw('b', now);
    expect(datesOf([left.running, ...left.placed])).toEqual([
      ['c', now, addMonths(now, 1)],
      ['d', addMonths(now, 1), addMonths(now, 2)],
    ]);
    expect(left.status).toBe('active');
  });

  it('leaves the period before it as the last one, and the subscription past due', () => {
    const left = withdraw('bcd', now);
    expect(datesOf([left.running])).toEqual([['a', month(0), month(1)]]);
    expect(left).toMatchObject({ placed: [], status: 'past_due' });
  });

  it('leaves a subscription that waits for its first payment when there was no other', () => {
    const left = withdraw('abcd', now);
    expect(left).toMatchObject({ running: undefined, placed: [], status: 'pending_payment' });
  });

  it('changes nothing when none of these is it', () => {
    const left = withdraw('x', now);
    expect(left).toEqual({ withdrawn: [], running: second, placed: [third, fourth], status: 'active' });
  });
});
