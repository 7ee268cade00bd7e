import { getPayment } from '@tenantry/services/payment/get';
import { listPayments } from '@tenantry/services/payment/list';
import { submitBankTransfer } from '@tenantry/services/payment/submit-bank-transfer';
import { z } from 'zod';
import { accountProcedure, router } from '../procedure.ts';
import { read, verb } from '../verb.ts';
import { invoiceOutput } from './invoice.ts';
import {
  amount,
  currency,
  id,
  listOf,
  money,
  nameText,
  page,
  paymentMethod,
  proofUrl,
  text,
} from '@tenantry/rest/schemas';

const tags = ['payment'];
const reads = { scope: 'billing:read', standing: 'any', throttle: 'billing' } as const;
export const paymentWrites = { scope: 'billing:write', standing: 'unpaid', throttle: 'billing' } as const;

export const paymentOutput = z.object({
  id: z.uuid(),
  invoiceId: z.uuid(),
  method: paymentMethod,
  status: z.enum(['pending_approval', 'succeeded', 'failed', 'refunded']),
  total: money,
  payerName: z.string(),
  externalPaymentId: z.string().nullable(),
  reason: z.string().nullable(),
  createdAt: z.string(),
  confirmedAt: z.string().nullable(),
});
export const proofOutput = z.object({
  id: z.uuid(),
  paymentId: z.uuid(),
  url: z.string().nullable(),
  mediaType: z.string().nullable(),
  sizeBytes: z.int().nullable(),
  createdAt: z.string(),
});

const transfer = z
  .strictObject({
    invoiceId: id.optional(),
    planSlug: text(50).optional(),
    payerName: nameText,
    amount,
    currency,
    externalPaymentId: text(140).optional(),
    proofUrl: proofUrl.optional(),
  })
  .refine(
    ({ invoiceId, planSlug }) => (invoiceId === undefined) !== (planSlug === undefined),
    'names either an invoice or a plan',
  );

export const paymentRouter = router({
  submitBankTransfer: accountProcedure(paymentWrites, {
    method: 'POST',
    path: '/payments/bank-transfers',
    status: 201,
    tags,
    summary: 'Say that a bank transfer was sent',
  })
    .input(transfer)
    .output(paymentOutput.extend({ invoice: invoiceOutput, reference: z.string() }))
    .mutation(verb(submitBankTransfer)),

  get: accountProcedure(reads, { method: 'GET', path: '/payments/{paymentId}', tags, summary: 'One payment' })
    .input(z.strictObject({ paymentId: id }))
    .output(paymentOutput.extend({ proofs: z.array(proofOutput) }))
    .query(read(getPayment)),

  list: accountProcedure(reads, { method: 'GET', path: '/payments', tags, summary: 'The payments' })
    .input(page)
    .output(listOf(paymentOutput))
    .query(read(listPayments)),
});
