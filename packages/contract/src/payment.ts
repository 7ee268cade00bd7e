import { paymentStatuses } from '@tenantry/domain/payment/status';
import { z } from 'zod';
import {
  amount,
  count,
  currency,
  id,
  lineOf,
  nameText,
  paymentMethod,
  proofUrl,
  slug,
  time,
  uuid,
} from './fields.ts';
import { invoice } from './invoice.ts';
import { money } from './money.ts';
import { exampleOf, named, sample } from './named.ts';

export const paymentStatus = z.enum(paymentStatuses);

/** A payment as a client sees it. */
export const payment = named(
  'Payment',
  'A payment of an invoice.',
  z.object({
    id: uuid.describe('The payment.'),
    invoiceId: uuid.describe('The invoice that it pays.'),
    method: paymentMethod.describe('How it was paid.'),
    status: paymentStatus.describe('Whether its money arrived.'),
    total: money.describe('What was paid; before it is confirmed, what the payer says.'),
    refunded: money.describe('What of it was sent back.'),
    payerName: z.string().describe('Who paid.'),
    externalPaymentId: z.string().nullable().describe('The reference of the bank or provider.'),
    reason: z.string().nullable().describe('Why an operator rejected it, or why its money went back.'),
    createdAt: time.describe('When it was submitted.'),
    confirmedAt: time.nullable().describe('When an operator confirmed or rejected it; null before.'),
  }),
  {
    id: sample.paymentId,
    invoiceId: sample.invoiceId,
    method: 'bank_transfer',
    status: 'pending_approval',
    total: { amount: 8900, currency: 'USD' },
    refunded: { amount: 0, currency: 'USD' },
    payerName: 'Example Ltd',
    externalPaymentId: null,
    reason: null,
    createdAt: sample.createdAt,
    confirmedAt: null,
  },
);

/** A proof of payment as a client sees it. */
export const paymentProof = named(
  'PaymentProof',
  'A proof of payment: a stored file, or a link.',
  z.object({
    id: uuid.describe('The proof.'),
    paymentId: uuid.describe('The payment that it belongs to.'),
    url: z.string().nullable().describe('The link; null for a file.'),
    mediaType: z.string().nullable().describe('The media type of the file; null for a link.'),
    sizeBytes: count.nullable().describe('The size of the file in bytes; null for a link.'),
    createdAt: time.describe('When it was added.'),
  }),
  {
    id: sample.proofId,
    paymentId: sample.paymentId,
    url: null,
    mediaType: 'application/pdf',
    sizeBytes: 48_213,
    createdAt: sample.createdAt,
  },
);

/** A payment with its proofs. */
export const paymentWithProofs = named(
  'PaymentWithProofs',
  'A payment with its proofs.',
  payment.extend({ proofs: z.array(paymentProof).describe('The proofs of the payment.') }),
  { ...exampleOf(payment), proofs: [exampleOf(paymentProof)] },
);

/** A submitted transfer with what the payer must name. */
export const bankTransfer = named(
  'BankTransfer',
  'A bank transfer that waits for an operator.',
  payment.extend({
    invoice: invoice.describe('The invoice that it pays.'),
    reference: z.string().describe('The reference to pay under.'),
  }),
  { ...exampleOf(payment), invoice: exampleOf(invoice), reference: exampleOf(invoice).reference },
);

export const submitBankTransferInput = z
  .strictObject({
    invoiceId: id.optional().describe('The open invoice that was paid.'),
    planSlug: slug(50).optional().describe('The plan to buy, when there is no invoice yet.'),
    payerName: nameText.describe('Who paid.'),
    amount: amount.describe('What was paid, in minor units.'),
    currency: currency.describe('The ISO 4217 code of the currency.'),
    externalPaymentId: lineOf(140).optional().describe('The reference of the bank.'),
    proofUrl: proofUrl.optional().describe('A link to a proof; it is stored and never fetched.'),
  })
  .refine(
    ({ invoiceId, planSlug }) => (invoiceId === undefined) !== (planSlug === undefined),
    'names either an invoice or a plan',
  )
  .meta({
    examples: [{ invoiceId: sample.invoiceId, payerName: 'Example Ltd', amount: 8900, currency: 'USD' }],
  });
export type SubmitBankTransferInput = z.output<typeof submitBankTransferInput>;

/** A file that proves a payment; it travels as multipart. */
export const addProofInput = z.strictObject({
  paymentId: id.describe('The payment.'),
  file: z
    .instanceof(Uint8Array)
    .meta({ type: 'string', format: 'binary' })
    .describe('A PNG, JPEG or PDF, at most 10 MB.'),
});
export type AddProofInput = z.output<typeof addProofInput>;

export const paymentInput = z.strictObject({ paymentId: id.describe('The payment.') });
export type PaymentInput = z.output<typeof paymentInput>;
