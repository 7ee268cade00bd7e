import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusals.ts';
import { nextPaymentStatus, paymentEvents, paymentStatuses, refusalIfNotPending } from './status.ts';

describe('the status of a payment', () => {
  it('changes by these events and by no others', () => {
    const allowed = paymentStatuses.flatMap((status) =>
      paymentEvents.flatMap((event) => {
        const next = nextPaymentStatus(status, event);
        return isRefusal(next) ? [] : [`${status} ${event} ${next}`];
      }),
    );
    expect(allowed).toEqual([
      'pending_approval confirm succeeded',
      'pending_approval reject failed',
      'succeeded refund_part succeeded',
      'succeeded refund refunded',
      'succeeded return returned',
    ]);
  });

  it('refuses every other event as payment_state', () => {
    expect(nextPaymentStatus('failed', 'confirm')).toMatchObject({ refused: 'payment_state' });
    expect(nextPaymentStatus('succeeded', 'confirm')).toMatchObject({ refused: 'payment_state' });
    expect(nextPaymentStatus('refunded', 'refund')).toMatchObject({ refused: 'payment_state' });
    expect(nextPaymentStatus('refunded', 'return')).toMatchObject({ refused: 'payment_state' });
    expect(nextPaymentStatus('returned', 'return')).toMatchObject({ refused: 'payment_state' });
  });

  it('is pending in one status alone', () => {
    const pending = paymentStatuses.filter((status) => refusalIfNotPending(status) === undefined);
    expect(pending).toEqual(['pending_approval']);
  });
});
