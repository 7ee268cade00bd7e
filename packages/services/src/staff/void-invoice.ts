import type { VoidInvoiceInput } from '@tenantry/contract/staff-payment';
import { findInvoice } from '@tenantry/db/billing/queries';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { payFromBalance } from '../billing/fulfil.ts';
import { invoiceView } from '../invoice/view.ts';
import { voidInvoice } from '../invoice/void.ts';
import { refusalIfStaffIsMember } from './conflict-of-interest.ts';
import { whyClosed } from './why-closed.ts';

/**
 * Makes an open invoice void, whoever says that it was paid. Refuses `not_found`, `payment_state` with the reason why it
 * is not open, and `role_forbids` to staff who are members of the account.
 */
export async function voidInvoiceForStaff({ tx }: Context, { invoiceId }: VoidInvoiceInput) {
  const conflict = await refusalIfStaffIsMember(tx);
  if (conflict !== undefined) return conflict;
  const invoice = await findInvoice(tx, invoiceId);
  if (invoice === null) return refuse('not_found');
  const refusal = await voidInvoice(tx, invoice, 'voided');
  if (isRefusal(refusal)) return whyClosed(invoice);
  await payFromBalance({ tx }, invoice.currency);
  return invoiceView(tx, invoice);
}
