import { listInvoices as findInvoices } from '@tenantry/db/billing/queries';
import type { PageInput } from '@tenantry/db/page';
import { getPlan } from '@tenantry/db/plan/queries';
import type { Records } from '@tenantry/db/transact';
import { invoiceView } from './view.ts';

/** The invoices of the account, newest first. */
export async function listInvoices(records: Records, input: PageInput) {
  const page = await findInvoices(records, input);
  const items = [];
  for (const invoice of page.items)
    items.push(invoiceView(invoice, (await getPlan(records.em, invoice.planId)).slug));
  return { ...page, items };
}
