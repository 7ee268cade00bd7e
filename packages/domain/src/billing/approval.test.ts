import { describe, expect, it } from 'vitest';
import { refuse } from '../refusals.ts';
import { needsSecondApprover, refusalIfNotApproved } from './approval.ts';

const amounts = { USD: 10_000, JPY: 1_000_000 };
const usd = (amount: number) => ({ amount, currency: 'USD' });

describe('money that two members of staff confirm', () => {
  it('is above the amount of its currency, and any in a currency without one', () => {
    expect(needsSecondApprover(usd(10_000), amounts)).toBe(false);
    expect(needsSecondApprover(usd(10_001), amounts)).toBe(true);
    expect(needsSecondApprover({ amount: 10_001, currency: 'JPY' }, amounts)).toBe(false);
    expect(needsSecondApprover({ amount: 1, currency: 'EUR' }, amounts)).toBe(true);
    expect(needsSecondApprover(usd(10_001), {})).toBe(false);
  });

  const ask = (approvedBy: string | undefined, amount = 20_000, approved = usd(20_000)) =>
    refusalIfNotApproved(usd(amount), {
      approval: approvedBy === undefined ? undefined : { ...approved, approvedBy },
      by: 'staff:b',
      amounts,
    });

  it('is refused until another one has approved it, to the one who approved it, and for other money', () => {
    expect(ask(undefined)).toEqual(refuse('payment_state', { reason: 'approval_missing' }));
    expect(ask('staff:b')).toEqual(refuse('payment_state', { reason: 'second_approver_missing' }));
    expect(ask('staff:a', 20_001)).toMatchObject({ refused: 'amount_mismatch' });
    expect(ask('staff:a', 20_000, { amount: 20_000, currency: 'EUR' })).toMatchObject({
      refused: 'currency_mismatch',
    });
    expect(ask('staff:a')).toBeUndefined();
    expect(ask(undefined, 10_000)).toBeUndefined();
  });
});
