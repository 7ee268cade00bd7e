import { type Refusal, refuse } from '../refusals.ts';

export const paymentStatuses = ['pending_approval', 'succeeded', 'failed', 'refunded', 'returned'] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];

/**
 * What can happen to a payment: its money arrives, staff reject it, a part or the last of its money is sent back, or the
 * bank takes it back.
 */
export const paymentEvents = ['confirm', 'reject', 'refund_part', 'refund', 'return'] as const;
export type PaymentEvent = (typeof paymentEvents)[number];

const transitions: Record<PaymentStatus, Partial<Record<PaymentEvent, PaymentStatus>>> = {
  pending_approval: { confirm: 'succeeded', reject: 'failed' },
  succeeded: { refund_part: 'succeeded', refund: 'refunded', return: 'returned' },
  failed: {},
  refunded: {},
  returned: {},
};

/** The status of a payment after an event. Refuses `payment_state` for an event that its status does not allow. */
export function nextPaymentStatus(
  status: PaymentStatus,
  event: PaymentEvent,
): PaymentStatus | Refusal<'payment_state'> {
  return transitions[status][event] ?? refuse('payment_state');
}

/** Refuses `payment_state` for a payment that no longer waits for an operator. */
export function refusalIfNotPending(status: PaymentStatus): Refusal<'payment_state'> | undefined {
  return status === 'pending_approval' ? undefined : refuse('payment_state');
}
