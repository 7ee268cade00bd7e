import { listOf } from '@tenantry/contract/page';
import { payment } from '@tenantry/contract/payment';
import { listPaymentQueueInput, queuedPayment, rejectPaymentInput } from '@tenantry/contract/staff-payment';
import { listPaymentQueue } from '@tenantry/db/staff/queries';
import { orThrow } from '@tenantry/gate/error-boundary';
import { present } from '@tenantry/rest/present';
import { rejectPayment } from '@tenantry/services/staff/reject-payment';
import { router, staffProcedure } from '../procedure.ts';

const tags = ['payment'];

export const paymentRouter = router({
  list: staffProcedure(
    { power: 'account:read' },
    { method: 'GET', path: '/payments', tags, summary: 'The queue of payments' },
  )
    .input(listPaymentQueueInput)
    .output(listOf(queuedPayment))
    .query(({ ctx, input }) => ctx.app.database.withoutAccount.read({}, (tx) => listPaymentQueue(tx, input))),

  reject: staffProcedure(
    { power: 'money:confirm' },
    { method: 'POST', path: '/payments/{paymentId}/reject', tags, summary: 'Reject a bank transfer' },
  )
    .input(rejectPaymentInput)
    .output(payment)
    .mutation(async ({ ctx, input }) => present(orThrow(await rejectPayment(ctx.flow, input)))),
});
