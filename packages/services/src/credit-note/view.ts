import type { CreditNote } from '@tenantry/db/billing/credit-note';

/** A credit note as a client sees it. */
export function creditNoteView(note: CreditNote) {
  const { id, number, invoiceId, invoiceNumber, invoiceCreatedAt, paymentId, customer, lines, createdAt } =
    note;
  const money = (amount: number) => ({ amount, currency: note.currency });
  return {
    id,
    number,
    invoiceId,
    invoiceNumber,
    invoiceCreatedAt,
    paymentId,
    issuer: note.issuer ?? null,
    customer,
    lines,
    total: money(note.amount),
    tax: money(note.taxAmount),
    taxRateBasisPoints: note.taxRateBasisPoints ?? null,
    createdAt,
  };
}
