import { listInvoices as findInvoices } from '@tenantry/db/billing/queries';
import type { PageInput } from '@tenantry/db/page';
import { getPlan } from '@tenantry/db/plan/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { invoiceView } from './view.ts';

/** The invoices of the account, newest first. */
export async function listInvoices(tx: AccountTransaction, input: PageInput) {
  const page = await findInvoices(tx, input);
  const items = [];
  for (const invoice of page.items)
    items.push(invoiceView(invoice, (await getPlan(tx, invoice.planId)).slug));
  return { ...page, items };
}
