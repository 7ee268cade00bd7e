import { listPaymentQueue } from '@tenantry/db/staff/queries';
import { orThrow } from '@tenantry/gate/error-boundary';
import { present } from '@tenantry/rest/present';
import { id, listOf, pageFields, text } from '@tenantry/rest/schemas';
import { rejectPayment } from '@tenantry/services/staff/reject-payment';
import { z } from 'zod';
import { router, staffProcedure } from '../procedure.ts';
import { paymentOutput } from './outputs.ts';

const tags = ['payment'];
const queued = z.object({
  id: z.uuid(),
  accountId: z.uuid(),
  accountName: z.string(),
  invoiceId: z.uuid(),
  reference: z.string(),
  amount: z.int(),
  currency: z.string(),
  payerName: z.string(),
  externalPaymentId: z.string().nullable(),
  status: z.string(),
  createdAt: z.string(),
});
const status = z.enum(['pending_approval', 'succeeded', 'failed', 'refunded']).default('pending_approval');

export const paymentRouter = router({
  list: staffProcedure(
    { power: 'account:read' },
    { method: 'GET', path: '/payments', tags, summary: 'The queue of payments' },
  )
    .input(z.strictObject({ ...pageFields, status }).prefault({}))
    .output(listOf(queued))
    .query(({ ctx, input }) => ctx.app.database.withoutAccount.read({}, (tx) => listPaymentQueue(tx, input))),

  reject: staffProcedure(
    { power: 'money:confirm' },
    { method: 'POST', path: '/payments/{paymentId}/reject', tags, summary: 'Reject a bank transfer' },
  )
    .input(z.strictObject({ paymentId: id, reason: text(500) }))
    .output(paymentOutput)
    .mutation(async ({ ctx, input }) => present(orThrow(await rejectPayment(ctx.flow, input)))),
});
