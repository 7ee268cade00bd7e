import type { Invoice } from '@tenantry/db/billing/entity';
import type { MessageData } from '@tenantry/domain/outbox/messages';

/** What an outbox message says of an invoice. */
export function invoiceData({ id, number, kind, amount, currency }: Invoice): MessageData['invoice.paid'] {
  return { invoiceId: id, number, kind, total: { amount, currency } };
}

/** What an outbox message says of an invoice on which money is due. */
export function openInvoiceData(invoice: Invoice): MessageData['invoice.issued'] {
  const { amount, amountPaid, currency, reference, dueAt } = invoice;
  const outstanding = { amount: amount - amountPaid, currency };
  return { ...invoiceData(invoice), outstanding, reference, dueAt: dueAt.toISOString() };
}
