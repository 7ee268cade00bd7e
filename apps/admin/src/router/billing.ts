import {
  confirmBankTransferInput,
  confirmedBankTransfer,
  transferPreview,
} from '@tenantry/contract/staff-payment';
import { confirmBankTransfer } from '@tenantry/services/staff/confirm-bank-transfer';
import { previewBankTransfer } from '@tenantry/services/staff/preview-bank-transfer';
import { router, run, staff } from '../procedures.ts';

export const billingRouter = router({
  previewBankTransfer: staff(
    {
      power: 'money:confirm',
      throttle: 'default',
      account: ['accountId', 'subscriptionId'],
      refusals: [
        'invalid_input',
        'role_forbids',
        'not_found',
        'reference_taken',
        'amount_mismatch',
        'currency_mismatch',
        'invoice_ambiguous',
        'payment_state',
      ],
    },
    {
      method: 'POST',
      path: '/billing/preview-bank-transfer',
      tags: ['billing'],
      summary: 'What the confirmation of a bank transfer would do',
    },
  )
    .input(confirmBankTransferInput)
    .output(transferPreview)
    .query(run(previewBankTransfer)),

  confirmBankTransfer: staff(
    {
      power: 'money:confirm',
      throttle: 'default',
      account: ['accountId', 'subscriptionId'],
      audit: {
        subject: 'externalPaymentId',
        facts: ['externalPaymentId', 'amount', 'currency', 'paymentId'],
      },
      refusals: [
        'invalid_input',
        'role_forbids',
        'not_found',
        'reference_taken',
        'amount_mismatch',
        'currency_mismatch',
        'invoice_ambiguous',
        'payment_state',
      ],
    },
    {
      method: 'POST',
      path: '/billing/confirm-bank-transfer',
      tags: ['billing'],
      summary: 'Book money that arrived by bank transfer',
      description:
        'The payment succeeds, the invoice is paid, the subscription is active and its credits are set, in one transaction. The same bank reference again answers the same bytes.',
    },
  )
    .input(confirmBankTransferInput)
    .output(confirmedBankTransfer)
    .mutation(run(confirmBankTransfer)),
});
