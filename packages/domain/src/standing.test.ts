import { describe, expect, it } from 'vitest';
import { type SubscriptionStatus, standing, refusalIfStandingInsufficient } from './standing.ts';

const end = new Date('2026-06-01T00:00:00Z');
const at = (milliseconds: number) => new Date(end.getTime() + milliseconds);
const plan = { state: 'listed', graceDays: 7 } as const;
const codeAt = (status: SubscriptionStatus, now: Date) =>
  standing({ status: 'active' }, { status, paidThrough: end }, plan, now).code;

describe('standing', () => {
  it.each([
    ['trialing', at(-1), null],
    ['trialing', at(0), 'trial_expired'],
    ['active', at(-1), null],
    ['active', at(0), null],
    ['active', at(7 * 86_400_000 - 1), null],
    ['active', at(7 * 86_400_000), 'payment_overdue'],
    ['past_due', at(7 * 86_400_000), 'payment_overdue'],
    ['cancelled', at(-1), null],
    ['cancelled', at(0), 'subscription_cancelled'],
    ['expired', at(-1), 'subscription_expired'],
    ['pending_payment', at(-1), 'payment_pending'],
  ] as const)('%s at %s is %s', (status, now, code) => {
    expect(codeAt(status, now)).toBe(code);
  });

  it('lets what an operator decided win over what money says', () => {
    const unpaid = { status: 'expired', paidThrough: end } as const;
    expect(standing({ status: 'closed' }, unpaid, plan, end).code).toBe('account_closed');
    expect(standing({ status: 'suspended' }, unpaid, plan, end).code).toBe('account_suspended');
    expect(standing({ status: 'active' }, unpaid, { ...plan, state: 'withdrawn' }, end).code).toBe(
      'plan_inactive',
    );
  });

  it('lets unpaid accounts reach unpaid procedures, and suspended ones not', () => {
    const unpaid = standing({ status: 'active' }, { status: 'expired', paidThrough: end }, plan, end);
    const suspended = standing({ status: 'suspended' }, { status: 'active', paidThrough: end }, plan, end);
    expect(refusalIfStandingInsufficient(unpaid, 'good')?.refused).toBe('subscription_expired');
    expect(refusalIfStandingInsufficient(unpaid, 'unpaid')).toBeUndefined();
    expect(refusalIfStandingInsufficient(suspended, 'unpaid')?.refused).toBe('account_suspended');
    expect(refusalIfStandingInsufficient(suspended, 'any')).toBeUndefined();
  });
});
