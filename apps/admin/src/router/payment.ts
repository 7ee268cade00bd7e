import { listOf } from '@tenantry/contract/page';
import { payment, paymentProof } from '@tenantry/contract/payment';
import { staffAccountPageInput } from '@tenantry/contract/staff-account';
import {
  approvePaymentInput,
  approvedPayment,
  askForProofInput,
  listPaymentQueueInput,
  queuedPayment,
  refundPaymentInput,
  rejectPaymentInput,
  returnPaymentInput,
  listStaffProofsInput,
} from '@tenantry/contract/staff-payment';
import { listPayments } from '@tenantry/services/payment/list';
import { askForProof } from '@tenantry/services/staff/ask-for-proof';
import { approvePayment } from '@tenantry/services/staff/approve-payment';
import { listPaymentsForStaff } from '@tenantry/services/staff/list-payments';
import { listProofsForStaff } from '@tenantry/services/staff/list-proofs';
import { refundPayment } from '@tenantry/services/staff/refund-payment';
import { rejectPayment } from '@tenantry/services/staff/reject-payment';
import { returnPayment } from '@tenantry/services/staff/return-payment';
import { router, run, runWithoutAccount, staff } from '../procedures.ts';

const tags = ['payment'];

export const paymentRouter = router({
  list: staff(
    { power: 'account:read', throttle: 'default' },
    { method: 'GET', path: '/payments', tags, summary: 'The payments of every account in one status' },
  )
    .input(listPaymentQueueInput)
    .output(listOf(queuedPayment))
    .query(runWithoutAccount(listPaymentsForStaff)),

  listOfAccount: staff(
    { power: 'account:read', throttle: 'default', account: ['accountId'] },
    {
      method: 'GET',
      path: '/accounts/{accountId}/payments',
      tags,
      summary: 'The payments of an account, newest first',
    },
  )
    .input(staffAccountPageInput)
    .output(listOf(payment))
    .query(run(listPayments)),

  listProofs: staff(
    { power: 'account:read', throttle: 'default', account: ['paymentId'], refusals: ['not_found'] },
    {
      method: 'GET',
      path: '/payments/{paymentId}/proofs',
      tags,
      summary: 'The proofs of a payment; each file is at /payments/{paymentId}/proofs/{proofId}',
    },
  )
    .input(listStaffProofsInput)
    .output(listOf(paymentProof))
    .query(run(listProofsForStaff)),

  reject: staff(
    {
      power: 'money:confirm',
      throttle: 'default',
      account: ['paymentId'],
      audit: { subject: 'paymentId', facts: ['reason'] },
      refusals: ['not_found', 'payment_state', 'role_forbids'],
    },
    { method: 'POST', path: '/payments/{paymentId}/reject', tags, summary: 'Reject a bank transfer' },
  )
    .input(rejectPaymentInput)
    .output(payment)
    .mutation(run(rejectPayment)),

  askProof: staff(
    {
      power: 'money:confirm',
      throttle: 'default',
      account: ['paymentId'],
      audit: { subject: 'paymentId', facts: ['reason'] },
      refusals: ['not_found', 'payment_state', 'role_forbids'],
    },
    {
      method: 'POST',
      path: '/payments/{paymentId}/ask-proof',
      tags,
      summary: 'Ask the payer of a bank transfer for a proof',
      description: 'The payment goes on waiting. The owners and admins of the account get the question.',
    },
  )
    .input(askForProofInput)
    .output(payment)
    .mutation(run(askForProof)),

  approve: staff(
    {
      power: 'money:confirm',
      throttle: 'default',
      account: ['accountId'],
      audit: { subject: 'accountId', facts: ['paymentId', 'externalPaymentId', 'amount', 'currency'] },
      refusals: [
        'invalid_input',
        'not_found',
        'payment_state',
        'invoice_ambiguous',
        'amount_mismatch',
        'currency_mismatch',
        'role_forbids',
      ],
    },
    {
      method: 'POST',
      path: '/payments/approve',
      tags,
      summary: 'Approve money that a second member of staff confirms',
      description: 'For money above CONFIRM_SECOND_APPROVER_AMOUNT. It books nothing.',
    },
  )
    .input(approvePaymentInput)
    .output(approvedPayment)
    .mutation(run(approvePayment)),

  return: staff(
    {
      power: 'money:confirm',
      throttle: 'default',
      account: ['paymentId'],
      audit: { subject: 'paymentId', facts: ['reason'] },
      refusals: ['not_found', 'payment_state', 'role_forbids'],
    },
    {
      method: 'POST',
      path: '/payments/{paymentId}/return',
      tags,
      summary: 'Book that the bank took a payment back',
      description:
        'Its invoice is due again in the place of any other of the subscription, and the subscription as unpaid; credits that are left end, and those that were spent are owed.',
    },
  )
    .input(returnPaymentInput)
    .output(payment)
    .mutation(run(returnPayment)),

  refund: staff(
    {
      power: 'money:confirm',
      throttle: 'default',
      account: ['paymentId'],
      audit: { subject: 'paymentId', facts: ['amount', 'reason'] },
      refusals: ['not_found', 'payment_state', 'amount_mismatch', 'role_forbids'],
    },
    {
      method: 'POST',
      path: '/payments/{paymentId}/refund',
      tags,
      summary: 'Book that money of a payment was sent back',
      description:
        'From the balance of the account first, then from the paid invoice. When none of its money is left in the invoice, what that began ends.',
    },
  )
    .input(refundPaymentInput)
    .output(payment)
    .mutation(run(refundPayment)),
});
