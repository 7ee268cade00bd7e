import { orThrow } from '@tenantry/gate/error-boundary';
import { amount, currency, id, nameText, proofUrl, text } from '@tenantry/rest/schemas';
import { confirmBankTransfer } from '@tenantry/services/staff/confirm-bank-transfer';
import { z } from 'zod';
import { router, staffProcedure } from '../procedure.ts';
import { creditOutput, invoiceOutput, paymentOutput, subscriptionOutput } from './outputs.ts';

const input = z
  .strictObject({
    subscriptionId: id.optional(),
    accountId: id.optional(),
    paymentId: id.optional(),
    externalPaymentId: text(140),
    amount,
    currency,
    payerName: nameText,
    proofId: id.optional(),
    proofUrl: proofUrl.optional(),
  })
  .refine(
    ({ subscriptionId, accountId }) => subscriptionId !== undefined || accountId !== undefined,
    'names a subscription or an account',
  )
  .refine(({ proofId, proofUrl: url }) => proofId === undefined || url === undefined, 'names one proof');

export const billingRouter = router({
  confirmBankTransfer: staffProcedure(
    { power: 'money:confirm' },
    {
      method: 'POST',
      path: '/billing/confirm-bank-transfer',
      tags: ['billing'],
      summary: 'Book money that arrived by bank transfer',
    },
  )
    .input(input)
    .output(
      z.object({
        payment: paymentOutput,
        invoice: invoiceOutput,
        subscription: subscriptionOutput,
        credits: creditOutput,
      }),
    )
    .mutation(async ({ ctx, input: given }) =>
      JSON.parse(orThrow(await confirmBankTransfer(ctx.flow, given)).replay),
    ),
});
