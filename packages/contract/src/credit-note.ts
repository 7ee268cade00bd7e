import { z } from 'zod';
import { count, id, time, uuid } from './fields.ts';
import { invoiceCustomer, invoiceIssuer, invoiceLine } from './invoice.ts';
import { money } from './money.ts';
import { exampleOf, named, sample } from './named.ts';
import { pageFields } from './page.ts';

/** A credit note as a client sees it. */
export const creditNote = named(
  'CreditNote',
  'What was taken back of a paid invoice, because its money was sent back.',
  z.object({
    id: uuid.describe('The credit note.'),
    number: z.string().describe('Its number.'),
    invoiceId: uuid.describe('The invoice that it takes back, in part or whole.'),
    invoiceNumber: z.string().describe('The number of that invoice.'),
    invoiceCreatedAt: time.describe('When that invoice was made.'),
    paymentId: uuid.describe('The payment that was refunded.'),
    issuer: invoiceIssuer.nullable().describe('Who wrote it; null where the operator had named nobody.'),
    customer: invoiceCustomer.describe('Who was asked to pay, as on the invoice.'),
    lines: z.array(invoiceLine).describe('What is taken back; one line where it is a part.'),
    total: money.describe('What is sent back, with the tax in it.'),
    tax: money.describe('The tax in the total.'),
    taxRateBasisPoints: count
      .nullable()
      .describe('The rate of the tax in hundredths of a percent; null where none was charged.'),
    createdAt: time.describe('When it was made.'),
  }),
  {
    id: sample.creditNoteId,
    number: 'CN-INV-000007',
    invoiceId: sample.invoiceId,
    invoiceNumber: 'INV-000042',
    invoiceCreatedAt: sample.createdAt,
    paymentId: sample.paymentId,
    issuer: exampleOf(invoiceIssuer),
    customer: exampleOf(invoiceCustomer),
    lines: [exampleOf(invoiceLine)],
    total: { amount: 8900, currency: 'USD' },
    tax: { amount: 0, currency: 'USD' },
    taxRateBasisPoints: null,
    createdAt: sample.createdAt,
  },
);

export const creditNoteInput = z.strictObject({ creditNoteId: id.describe('The credit note.') });
export type CreditNoteInput = z.output<typeof creditNoteInput>;

const ofAccount = { accountId: id.describe('The account.') };
export const staffCreditNoteInput = creditNoteInput.extend(ofAccount);
export const staffCreditNotesInput = z.strictObject({ ...pageFields, ...ofAccount });
