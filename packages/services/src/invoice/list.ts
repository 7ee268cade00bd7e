import type { PageInput } from '@tenantry/contract/page';
import { listInvoices as findInvoices } from '@tenantry/db/billing/queries';
import type { Context } from '../context.ts';
import { invoiceViews } from './view.ts';

/** The invoices of the account, newest first. */
export async function listInvoices({ tx }: Context, input: PageInput) {
  const page = await findInvoices(tx, input);
  return { ...page, items: await invoiceViews(tx, page.items) };
}
