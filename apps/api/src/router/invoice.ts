import { invoice, invoiceInput } from '@tenantry/contract/invoice';
import { listOf, pageInput } from '@tenantry/contract/page';
import { getInvoice } from '@tenantry/services/invoice/get';
import { listInvoices } from '@tenantry/services/invoice/list';
import { tenant, router, run } from '../procedures.ts';

const tags = ['invoice'];
const reads = { scope: 'billing:read', standing: 'any', throttle: 'billing' } as const;

export const invoiceRouter = router({
  get: tenant(
    { ...reads, refusals: ['not_found'] },
    { method: 'GET', path: '/invoices/{invoiceId}', tags, summary: 'One invoice' },
  )
    .input(invoiceInput)
    .output(invoice)
    .query(run(getInvoice)),

  list: tenant(reads, { method: 'GET', path: '/invoices', tags, summary: 'The invoices' })
    .input(pageInput)
    .output(listOf(invoice))
    .query(run(listInvoices)),
});
