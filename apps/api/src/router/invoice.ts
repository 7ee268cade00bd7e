import { invoice, invoiceInput } from '@tenantry/contract/invoice';
import { listOf, pageInput } from '@tenantry/contract/page';
import { getInvoice } from '@tenantry/services/invoice/get';
import { listInvoices } from '@tenantry/services/invoice/list';
import { cancelInvoice } from '@tenantry/services/invoice/void';
import { tenant, router, run } from '../procedures.ts';

const tags = ['invoice'];
export const invoiceReads = { scope: 'billing:read', standing: 'any', throttle: 'billing' } as const;

export const invoiceRouter = router({
  get: tenant(
    { ...invoiceReads, refusals: ['not_found'] },
    { method: 'GET', path: '/invoices/{invoiceId}', tags, summary: 'One invoice' },
  )
    .input(invoiceInput)
    .output(invoice)
    .query(run(getInvoice)),

  cancel: tenant(
    {
      scope: 'billing:write',
      standing: 'unpaid',
      throttle: 'billing',
      refusals: ['not_found', 'payment_state'],
    },
    {
      method: 'POST',
      path: '/invoices/{invoiceId}/cancel',
      tags,
      summary: 'Cancel an open invoice',
      description: 'Not while a bank transfer of it waits for the operator.',
    },
  )
    .input(invoiceInput)
    .output(invoice)
    .mutation(run(cancelInvoice)),

  list: tenant(invoiceReads, { method: 'GET', path: '/invoices', tags, summary: 'The invoices' })
    .input(pageInput)
    .output(listOf(invoice))
    .query(run(listInvoices)),
});
