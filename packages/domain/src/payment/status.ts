import { type Refusal, refuse } from '../refusals.ts';

export const paymentStatuses = ['pending_approval', 'succeeded', 'failed', 'refunded'] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];

/** What can happen to a payment: its money arrives, an operator rejects it, or its money is given back. */
export const paymentEvents = ['confirm', 'reject', 'refund'] as const;
export type PaymentEvent = (typeof paymentEvents)[number];

const transitions: Record<PaymentStatus, Partial<Record<PaymentEvent, PaymentStatus>>> = {
  pending_approval: { confirm: 'succeeded', reject: 'failed' },
  succeeded: { refund: 'refunded' },
  failed: {},
  refunded: {},
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
