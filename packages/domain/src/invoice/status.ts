import { type Refusal, refuse } from '../refusals.ts';

export const invoiceStatuses = ['open', 'paid', 'void'] as const;
export type InvoiceStatus = (typeof invoiceStatuses)[number];

/** Why an invoice is void: its account cancelled it, a newer one took its place, or staff decided so. */
export const invoiceVoidReasons = ['cancelled', 'superseded', 'voided'] as const;
export type InvoiceVoidReason = (typeof invoiceVoidReasons)[number];

/** What can happen to an invoice: it is paid in full, or it is cancelled before that. */
export const invoiceEvents = ['pay', 'void'] as const;
export type InvoiceEvent = (typeof invoiceEvents)[number];

const transitions: Record<InvoiceStatus, Partial<Record<InvoiceEvent, InvoiceStatus>>> = {
  open: { pay: 'paid', void: 'void' },
  paid: {},
  void: {},
};

/** The status of an invoice after an event. Refuses `payment_state` for an event that its status does not allow. */
export function nextInvoiceStatus(
  status: InvoiceStatus,
  event: InvoiceEvent,
): InvoiceStatus | Refusal<'payment_state'> {
  return transitions[status][event] ?? refuse('payment_state');
}
