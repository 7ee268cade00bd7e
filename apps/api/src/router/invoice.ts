import { getInvoice } from '@tenantry/services/invoice/get';
import { listInvoices } from '@tenantry/services/invoice/list';
import { z } from 'zod';
import { accountProcedure, router } from '../procedure.ts';
import { read } from '../verb.ts';
import { id, listOf, money, page } from '@tenantry/rest/schemas';

const tags = ['invoice'];
const reads = { scope: 'billing:read', standing: 'any', throttle: 'billing' } as const;

export const invoiceOutput = z.object({
  id: z.uuid(),
  number: z.string(),
  reference: z.string(),
  planSlug: z.string(),
  total: money,
  status: z.enum(['open', 'paid', 'void']),
  createdAt: z.string(),
  paidAt: z.string().nullable(),
});

export const invoiceRouter = router({
  get: accountProcedure(reads, { method: 'GET', path: '/invoices/{invoiceId}', tags, summary: 'One invoice' })
    .input(z.strictObject({ invoiceId: id }))
    .output(invoiceOutput)
    .query(read(getInvoice)),

  list: accountProcedure(reads, { method: 'GET', path: '/invoices', tags, summary: 'The invoices' })
    .input(page)
    .output(listOf(invoiceOutput))
    .query(read(listInvoices)),
});
