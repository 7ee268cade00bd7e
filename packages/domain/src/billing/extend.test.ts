import { describe, expect, it } from 'vitest';
import { type StandingFacts, standing } from '../standing.ts';
import { addDays } from '../time.ts';
import { extend } from './extend.ts';

const now = new Date('2026-03-02T12:00:00Z');
const graceDays = 3;
const after = (subscription: StandingFacts, days: number, at = now) =>
  extend(subscription, { graceDays, days, now: at });

describe('extending', () => {
  it.each([
    ['a trial that runs from its end', 'trialing', 5, 12],
    ['a trial that has ended from now', 'trialing', -5, 7],
    ['grace that runs from its end', 'past_due', -1, 9],
    ['grace that has ended from now', 'active', -30, 7],
    ['grace before the paid time is over', 'active', 10, 20],
  ] as const)('adds the days of %s', (_what, status, endsInDays, untilInDays) => {
    const paidThrough = addDays(now, endsInDays);
    const kind = status === 'trialing' ? 'trial' : 'grace';
    const from = kind === 'trial' ? paidThrough : addDays(paidThrough, graceDays);
    expect(after({ status, paidThrough }, 7)).toEqual({ kind, from, until: addDays(now, untilInDays) });
  });

  it('adds to grace that was extended before, and to that of a payment that waits', () => {
    const paidThrough = addDays(now, -1);
    const graceUntil = addDays(now, 20);
    const extended = { status: 'past_due', paidThrough, graceUntil, reviewUntil: addDays(now, 5) } as const;
    expect(after(extended, 2)).toMatchObject({ from: graceUntil, until: addDays(now, 22) });
  });

  it('lets the account work again, to the end of the days and no longer', () => {
    const overdue = { status: 'active', paidThrough: addDays(now, -30) } as const;
    const plan = { state: 'listed', graceDays } as const;
    const at = (graceUntil: Date | null, time: Date) =>
      standing({ status: 'active' }, { ...overdue, graceUntil }, plan, time).state;
    const until = addDays(now, 7);
    expect(at(null, now)).toBe('refused');
    expect(at(until, new Date(Number(until) - 1))).toBe('grace');
    expect(at(until, until)).toBe('refused');
  });

  it.each(['pending_payment', 'cancelled', 'expired'] as const)(
    'refuses a subscription that is %s',
    (status) => {
      expect(after({ status, paidThrough: addDays(now, 5) }, 7)).toMatchObject({ refused: 'conflict' });
    },
  );
});
