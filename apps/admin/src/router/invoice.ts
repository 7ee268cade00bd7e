import { invoice } from '@tenantry/contract/invoice';
import { listOf } from '@tenantry/contract/page';
import { staffAccountPageInput } from '@tenantry/contract/staff-account';
import { voidInvoiceInput } from '@tenantry/contract/staff-payment';
import { listInvoices } from '@tenantry/services/invoice/list';
import { voidInvoiceForStaff } from '@tenantry/services/staff/void-invoice';
import { router, run, staff } from '../procedures.ts';

export const invoiceRouter = router({
  list: staff(
    { power: 'account:read', throttle: 'default', account: ['accountId'] },
    {
      method: 'GET',
      path: '/accounts/{accountId}/invoices',
      tags: ['invoice'],
      summary: 'The invoices of an account, newest first; each is a PDF at /invoices/{invoiceId}/pdf',
    },
  )
    .input(staffAccountPageInput)
    .output(listOf(invoice))
    .query(run(listInvoices)),

  void: staff(
    {
      power: 'money:confirm',
      throttle: 'default',
      account: ['invoiceId'],
      audit: { subject: 'invoiceId', facts: ['reason'] },
      refusals: ['not_found', 'payment_state', 'role_forbids'],
    },
    {
      method: 'POST',
      path: '/invoices/{invoiceId}/void',
      tags: ['invoice'],
      summary: 'Make an open invoice void',
      description: 'Bank transfers of it stay in the queue, to be rejected or booked for another invoice.',
    },
  )
    .input(voidInvoiceInput)
    .output(invoice)
    .mutation(run(voidInvoiceForStaff)),
});
