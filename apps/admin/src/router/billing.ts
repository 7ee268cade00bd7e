import { confirmBankTransferInput, confirmedBankTransfer } from '@tenantry/contract/staff-payment';
import { orThrow } from '@tenantry/gate/error-boundary';
import { confirmBankTransfer } from '@tenantry/services/staff/confirm-bank-transfer';
import { router, staffProcedure } from '../procedure.ts';

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
    .input(confirmBankTransferInput)
    .output(confirmedBankTransfer)
    .mutation(async ({ ctx, input }) =>
      JSON.parse(orThrow(await confirmBankTransfer(ctx.flow, input)).replay),
    ),
});
