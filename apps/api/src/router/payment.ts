import { listOf, pageInput } from '@tenantry/contract/page';
import {
  bankTransfer,
  payment,
  paymentInput,
  paymentWithProofs,
  submitBankTransferInput,
} from '@tenantry/contract/payment';
import { getPayment } from '@tenantry/services/payment/get';
import { listPayments } from '@tenantry/services/payment/list';
import { submitBankTransfer } from '@tenantry/services/payment/submit-bank-transfer';
import { accountProcedure, router } from '../procedure.ts';
import { read, verb } from '../verb.ts';

const tags = ['payment'];
const reads = { scope: 'billing:read', standing: 'any', throttle: 'billing' } as const;
export const paymentWrites = { scope: 'billing:write', standing: 'unpaid', throttle: 'billing' } as const;

export const paymentRouter = router({
  submitBankTransfer: accountProcedure(paymentWrites, {
    method: 'POST',
    path: '/payments/bank-transfers',
    status: 201,
    tags,
    summary: 'Say that a bank transfer was sent',
  })
    .input(submitBankTransferInput)
    .output(bankTransfer)
    .mutation(verb(submitBankTransfer)),

  get: accountProcedure(reads, { method: 'GET', path: '/payments/{paymentId}', tags, summary: 'One payment' })
    .input(paymentInput)
    .output(paymentWithProofs)
    .query(read(getPayment)),

  list: accountProcedure(reads, { method: 'GET', path: '/payments', tags, summary: 'The payments' })
    .input(pageInput)
    .output(listOf(payment))
    .query(read(listPayments)),
});
