import { getAccount } from '@tenantry/db/account/queries';
import { enqueueOutboxMessage } from '@tenantry/db/audit/queries';
import { type CreditNote, insertCreditNote } from '@tenantry/db/billing/credit-note';
import type { Invoice } from '@tenantry/db/billing/entity';
import { creditedAmounts } from '@tenantry/db/billing/money';
import { seriesOfInvoice } from '@tenantry/db/billing/queries';
import { readIssuer } from '@tenantry/db/catalogue/read';
import { creditOf } from '@tenantry/domain/invoice/credit';
import { wholeCustomer } from '@tenantry/domain/invoice/parties';
import type { Context } from '../context.ts';
import { invoiceSeries } from './issuer.ts';

/** Money of a paid invoice that was just sent back, by an entry of the journal. */
export interface SentBack {
  invoice: Invoice;
  paymentId: string;
  /** In minor units of the invoice's currency. */
  amount: number;
}

/**
 * Writes the credit note for money of a paid invoice that was sent back: issuer and customer as they are on the invoice, the
 * lines and tax that are taken back, and the next number of the credit notes of the invoice's series. Every credit note is
 * written here. The account is locked, the entry of the journal is written, and the series stays locked until the
 * transaction ends, so this comes late in it.
 */
export async function issueCreditNote(
  { tx }: Pick<Context, 'tx'>,
  { invoice, paymentId, amount }: SentBack,
): Promise<CreditNote> {
  const { id: invoiceId, number: invoiceNumber, createdAt: invoiceCreatedAt, currency, lines } = invoice;
  const taxRateBasisPoints = invoice.taxRateBasisPoints ?? null;
  const after = (await creditedAmounts(tx, [invoiceId])).get(invoiceId) ?? 0;
  const credit = creditOf(
    { number: invoiceNumber, lines, amount: invoice.amount, taxRateBasisPoints },
    { amount, before: after - amount },
  );
  const series =
    (await seriesOfInvoice(tx, invoice)) ?? invoiceSeries(await readIssuer(tx), await getAccount(tx));
  const note = await insertCreditNote(tx, `CN-${series}`, {
    invoiceId,
    invoiceNumber,
    invoiceCreatedAt,
    paymentId,
    issuer: invoice.issuer ?? null,
    customer: wholeCustomer(invoice.customer),
    lines: credit.lines,
    amount,
    taxRateBasisPoints,
    taxAmount: credit.tax,
    currency,
  });
  const { id: creditNoteId, number } = note;
  const named = { creditNoteId, number, invoiceId, invoiceNumber, paymentId };
  await enqueueOutboxMessage(tx, 'credit_note.issued', { ...named, total: { amount, currency } });
  return note;
}
