import type { InvoiceInput } from '@tenantry/contract/invoice';
import { findInvoice } from '@tenantry/db/billing/queries';
import { getPlan } from '@tenantry/db/plan/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { refuse } from '@tenantry/domain/refusals';
import { invoiceView } from './view.ts';

/** One invoice. Refuses `not_found`. */
export async function getInvoice(tx: AccountTransaction, { invoiceId }: InvoiceInput) {
  const invoice = await findInvoice(tx, invoiceId);
  if (invoice === null) return refuse('not_found');
  return invoiceView(invoice, (await getPlan(tx, invoice.planId)).slug);
}
