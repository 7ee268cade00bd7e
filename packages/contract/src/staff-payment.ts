import { approvalStates } from '@tenantry/domain/billing/approval';
import { invoiceKinds, invoiceStatuses } from '@tenantry/domain/invoice/status';
import { z } from 'zod';
import { creditBalance } from './credit-balance.ts';
import {
  amount,
  count,
  credits,
  currency,
  id,
  lineOf,
  nameText,
  proofUrl,
  reason,
  signedCredits,
  time,
  uuid,
} from './fields.ts';
import { invoice, invoiceInput } from './invoice.ts';
import { money } from './money.ts';
import { exampleOf, named, sample } from './named.ts';
import { pageFields } from './page.ts';
import { payment, paymentInput, paymentStatus } from './payment.ts';
import { subscription } from './subscription.ts';

/** A payment as it waits for staff. */
export const queuedPayment = named(
  'QueuedPayment',
  'A payment in the queue of staff.',
  z.object({
    id: uuid.describe('The payment.'),
    accountId: uuid.describe('The account that it is of.'),
    accountName: z.string().describe('The name of the account.'),
    invoiceId: uuid.describe('The invoice that it pays.'),
    invoiceStatus: z
      .enum(invoiceStatuses)
      .describe('Whether that invoice is open; money of a void one waits for a decision.'),
    reference: z.string().describe('The reference that it is paid under.'),
    amount: credits.describe('What was paid, in minor units.'),
    currency: currency.describe('The ISO 4217 code of the currency.'),
    payerName: z.string().describe('Who paid.'),
    externalPaymentId: z.string().nullable().describe('The reference of the bank.'),
    status: paymentStatus.describe('Whether its money arrived.'),
    createdAt: time.describe('When it was submitted.'),
    due: credits.describe('What is due on the invoice, in minor units.'),
    waitingSeconds: count.describe('For how long it has waited, or has been there.'),
    proofs: count.describe('How many proofs it has.'),
    approvedBy: z.string().nullable().describe('Who approved it first, where two have to; null for nobody.'),
    askedAt: time.nullable().describe('When its payer was asked for a proof last; null for never.'),
  }),
  {
    id: sample.paymentId,
    accountId: sample.accountId,
    accountName: 'Example Ltd',
    invoiceId: sample.invoiceId,
    invoiceStatus: 'open',
    reference: 'RF18539007547034',
    amount: 8900,
    currency: 'USD',
    payerName: 'Example Ltd',
    externalPaymentId: null,
    status: 'pending_approval',
    createdAt: sample.createdAt,
    due: 8900,
    waitingSeconds: 7200,
    proofs: 1,
    approvedBy: null,
    askedAt: null,
  },
);

export const listPaymentQueueInput = z
  .strictObject({
    ...pageFields,
    status: paymentStatus.default('pending_approval').describe('The status of the payments to list.'),
    order: z.enum(['newest', 'oldest']).default('newest').describe('Which of them come first.'),
  })
  .prefault({});
export type ListPaymentQueueInput = z.output<typeof listPaymentQueueInput>;

export const rejectPaymentInput = paymentInput
  .extend({ reason })
  .meta({ examples: [{ paymentId: sample.paymentId, reason: 'The bank has no such transfer.' }] });
export type RejectPaymentInput = z.output<typeof rejectPaymentInput>;

export const askForProofInput = paymentInput
  .extend({ reason })
  .meta({ examples: [{ paymentId: sample.paymentId, reason: 'Please send the receipt of your bank.' }] });
export type AskForProofInput = z.output<typeof askForProofInput>;

export const approvePaymentInput = z
  .strictObject({
    accountId: id.describe('The account that paid.'),
    paymentId: id.optional().describe('The submitted payment; without it that of the open invoice.'),
    invoiceId: id.optional().describe('The invoice that is paid.'),
    externalPaymentId: lineOf(140).describe('The reference of the bank.'),
    amount: amount.describe('What arrived, in minor units.'),
    currency: currency.describe('The ISO 4217 code of the currency.'),
    payerName: nameText.describe('Who paid.'),
  })
  .meta({
    examples: [
      {
        accountId: sample.accountId,
        externalPaymentId: '2026-03-02-000117',
        amount: 8900,
        currency: 'USD',
        payerName: 'Example Ltd',
      },
    ],
  });
export type ApprovePaymentInput = z.output<typeof approvePaymentInput>;

/** A payment that one member of staff has approved. */
export const approvedPayment = named(
  'ApprovedPayment',
  'A payment that one member of staff has approved, and another one may confirm.',
  payment.extend({ approvedBy: z.string().describe('Who approved it first.') }),
  { ...exampleOf(payment), approvedBy: 'staff:0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e10' },
);

export const returnPaymentInput = paymentInput
  .extend({ reason })
  .meta({ examples: [{ paymentId: sample.paymentId, reason: 'The bank recalled the transfer.' }] });
export type ReturnPaymentInput = z.output<typeof returnPaymentInput>;

export const refundPaymentInput = paymentInput
  .extend({ amount: amount.describe('What was sent back, in minor units of the payment.'), reason })
  .meta({
    examples: [{ paymentId: sample.paymentId, amount: 1000, reason: 'The customer paid too much.' }],
  });
export type RefundPaymentInput = z.output<typeof refundPaymentInput>;

export const voidInvoiceInput = invoiceInput.extend({ reason }).meta({
  examples: [{ invoiceId: sample.invoiceId, reason: 'The customer asked for another plan by phone.' }],
});
export type VoidInvoiceInput = z.output<typeof voidInvoiceInput>;

export const staffProofInput = paymentInput.extend({ proofId: id.describe('The proof.') });
export type StaffProofInput = z.output<typeof staffProofInput>;

export const listStaffProofsInput = paymentInput.extend(pageFields);
export type ListStaffProofsInput = z.output<typeof listStaffProofsInput>;

export const confirmBankTransferInput = z
  .strictObject({
    subscriptionId: id.optional().describe('The subscription that was paid for.'),
    accountId: id.optional().describe('The account that paid.'),
    paymentId: id.optional().describe('The submitted payment; without it the one open invoice is paid.'),
    invoiceId: id
      .optional()
      .describe(
        'The invoice that is paid; with a payment of a void invoice, the one that the money is for instead.',
      ),
    externalPaymentId: lineOf(140).describe('The reference of the bank, which is booked once.'),
    amount: amount.describe('What arrived, in minor units.'),
    currency: currency.describe('The ISO 4217 code of the currency.'),
    payerName: nameText.describe('Who paid.'),
    toBalance: z
      .boolean()
      .optional()
      .describe(
        'Books money for an invoice that is paid or void to the balance of the account: money that arrived twice, or too late.',
      ),
    proofId: id.optional().describe('A proof of the payment.'),
    proofUrl: proofUrl.optional().describe('A link to a proof; it is stored and never fetched.'),
  })
  .refine(
    ({ subscriptionId, accountId }) => subscriptionId !== undefined || accountId !== undefined,
    'names a subscription or an account',
  )
  .refine(({ proofId, proofUrl: url }) => proofId === undefined || url === undefined, 'names one proof')
  .meta({
    examples: [
      {
        accountId: sample.accountId,
        externalPaymentId: '2026-03-02-000117',
        amount: 8900,
        currency: 'USD',
        payerName: 'Example Ltd',
      },
    ],
  });
export type ConfirmBankTransferInput = z.output<typeof confirmBankTransferInput>;

/** What booking a bank transfer changed. */
export const confirmedBankTransfer = named(
  'ConfirmedBankTransfer',
  'What booking a bank transfer changed.',
  z.object({
    payment: payment.describe('The payment, which succeeded.'),
    invoice: invoice.describe('The invoice, which is paid, or paid in part.'),
    subscription: subscription.describe('The subscription with its new period.'),
    credits: creditBalance.describe('The credits with those of the plan.'),
  }),
  {
    payment: { ...exampleOf(payment), status: 'succeeded', confirmedAt: sample.createdAt },
    invoice: { ...exampleOf(invoice), status: 'paid', paidAt: sample.createdAt },
    subscription: exampleOf(subscription),
    credits: exampleOf(creditBalance),
  },
);

/** What the confirmation of a bank transfer would do. */
export const transferPreview = named(
  'TransferPreview',
  'What the confirmation of a bank transfer would do. The confirmation finds and computes the same.',
  z.object({
    payment: payment.nullable().describe('The payment that it confirms; null where nobody reported it.'),
    invoice: invoice.describe('The invoice that the money is for, as it is now.'),
    arrived: money.describe('The money that arrived.'),
    difference: signedCredits.describe('What arrived less what is due, in minor units.'),
    applied: z
      .array(
        z.object({
          invoiceId: uuid.describe('The invoice.'),
          number: z.string().describe('Its number.'),
          kind: z.enum(invoiceKinds).describe('What begins when it is paid.'),
          amount: credits.describe('What it gets, in minor units.'),
          due: credits.describe('What is due on it then, in minor units.'),
          isPaid: z.boolean().describe('Whether it is paid then.'),
        }),
      )
      .describe('The invoices that the money pays, that of the transfer first.'),
    balanceBefore: signedCredits.describe('The balance of the account in this currency, in minor units.'),
    balanceAfter: signedCredits.describe('That balance then.'),
    isBooked: z.boolean().describe('Whether the reference was booked before, so that nothing changes.'),
    approval: z
      .enum(approvalStates)
      .describe('Whether the caller may confirm it, or what is missing where two members of staff have to.'),
    approvedBy: z.string().nullable().describe('Who approved it first; null for nobody.'),
  }),
  {
    payment: exampleOf(payment),
    invoice: exampleOf(invoice),
    arrived: { amount: 8900, currency: 'USD' },
    difference: 0,
    applied: [
      {
        invoiceId: sample.invoiceId,
        number: exampleOf(invoice).number,
        kind: 'subscription',
        amount: 8900,
        due: 0,
        isPaid: true,
      },
    ],
    balanceBefore: 0,
    balanceAfter: 0,
    isBooked: false,
    approval: 'not_needed',
    approvedBy: null,
  },
);
