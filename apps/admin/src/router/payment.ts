import { listOf } from '@tenantry/contract/page';
import { payment, paymentProof } from '@tenantry/contract/payment';
import {
  listPaymentQueueInput,
  queuedPayment,
  rejectPaymentInput,
  listStaffProofsInput,
} from '@tenantry/contract/staff-payment';
import { listPaymentsForStaff } from '@tenantry/services/staff/list-payments';
import { listProofsForStaff } from '@tenantry/services/staff/list-proofs';
import { rejectPayment } from '@tenantry/services/staff/reject-payment';
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
});
