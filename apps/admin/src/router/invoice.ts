import { invoice } from '@tenantry/contract/invoice';
import { voidInvoiceInput } from '@tenantry/contract/staff-payment';
import { voidInvoiceForStaff } from '@tenantry/services/staff/void-invoice';
import { router, run, staff } from '../procedures.ts';

export const invoiceRouter = router({
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
