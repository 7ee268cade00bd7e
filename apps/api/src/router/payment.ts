import { nothing } from '@tenantry/contract/fields';
import { listOf, pageInput } from '@tenantry/contract/page';
import {
  bankTransfer,
  payment,
  paymentInput,
  paymentWithProofs,
  submitBankTransferInput,
} from '@tenantry/contract/payment';
import { moneyBalanceView, paymentMethodList } from '@tenantry/contract/payment-method';
import { getMoneyBalance, listPaymentMethods } from '@tenantry/services/payment/methods';
import { getPayment } from '@tenantry/services/payment/get';
import { listPayments } from '@tenantry/services/payment/list';
import { submitBankTransfer } from '@tenantry/services/payment/submit-bank-transfer';
import { tenant, router, run } from '../procedures.ts';

const tags = ['payment'];
const reads = { scope: 'billing:read', standing: 'any', throttle: 'billing' } as const;
export const paymentWrites = { scope: 'billing:write', standing: 'unpaid', throttle: 'billing' } as const;

export const paymentRouter = router({
  submitBankTransfer: tenant(
    {
      ...paymentWrites,
      refusals: ['not_found', 'payment_state', 'currency_mismatch', 'conflict', 'provider_disabled'],
    },
    {
      method: 'POST',
      path: '/payments/bank-transfers',
      status: 201,
      tags,
      summary: 'Say that a bank transfer was sent',
    },
  )
    .input(submitBankTransferInput)
    .output(bankTransfer)
    .mutation(run(submitBankTransfer)),

  methods: tenant(reads, {
    method: 'GET',
    path: '/payment-methods',
    tags,
    summary: 'The ways to pay, and which are coming soon',
  })
    .input(nothing)
    .output(paymentMethodList)
    .query(run(listPaymentMethods)),

  balance: tenant(reads, {
    method: 'GET',
    path: '/balance',
    tags,
    summary: 'What the account has paid beyond its invoices, and owes',
  })
    .input(nothing)
    .output(moneyBalanceView)
    .query(run(getMoneyBalance)),

  get: tenant(
    { ...reads, refusals: ['not_found'] },
    { method: 'GET', path: '/payments/{paymentId}', tags, summary: 'One payment' },
  )
    .input(paymentInput)
    .output(paymentWithProofs)
    .query(run(getPayment)),

  list: tenant(reads, { method: 'GET', path: '/payments', tags, summary: 'The payments' })
    .input(pageInput)
    .output(listOf(payment))
    .query(run(listPayments)),
});
