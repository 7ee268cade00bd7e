import { type Refusal, refuse } from '../refusals.ts';

/** What an invoice is for: a period of a plan, a better plan at once, or credits in one piece. */
export const invoiceKinds = ['subscription', 'upgrade', 'package'] as const;
export type InvoiceKind = (typeof invoiceKinds)[number];

export const invoiceStatuses = ['open', 'partially_paid', 'paid', 'void'] as const;
export type InvoiceStatus = (typeof invoiceStatuses)[number];

/** The statuses in which money is due. */
export const payableStatuses = ['open', 'partially_paid'] as const satisfies readonly InvoiceStatus[];

/** Why an invoice is void: its account cancelled it, a newer one took its place, or staff decided so. */
export const invoiceVoidReasons = ['cancelled', 'superseded', 'voided'] as const;
export type InvoiceVoidReason = (typeof invoiceVoidReasons)[number];

/**
 * What can happen to an invoice: a part of it is paid, the last of it is paid, a part of what was paid or all of it is
 * taken back, or it no longer counts.
 */
export const invoiceEvents = ['pay_part', 'pay', 'take_back_part', 'take_back', 'void'] as const;
export type InvoiceEvent = (typeof invoiceEvents)[number];

const transitions: Record<InvoiceStatus, Partial<Record<InvoiceEvent, InvoiceStatus>>> = {
  open: { pay_part: 'partially_paid', pay: 'paid', void: 'void' },
  partially_paid: {
    pay_part: 'partially_paid',
    pay: 'paid',
    take_back_part: 'partially_paid',
    take_back: 'open',
    void: 'void',
  },
  paid: { take_back_part: 'partially_paid', take_back: 'open' },
  void: {},
};

/** The status of an invoice after an event. Refuses `payment_state` for an event that its status does not allow. */
export function nextInvoiceStatus(
  status: InvoiceStatus,
  event: InvoiceEvent,
): InvoiceStatus | Refusal<'payment_state'> {
  return transitions[status][event] ?? refuse('payment_state');
}

/** Whether money is due on an invoice. */
export function isPayable(status: InvoiceStatus): boolean {
  return payableStatuses.some((one) => one === status);
}
