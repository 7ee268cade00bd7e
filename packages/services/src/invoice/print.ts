import type { InvoiceInput } from '@tenantry/contract/invoice';
import { findInvoice } from '@tenantry/db/billing/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { invoiceView } from './view.ts';

/** An invoice as a PDF. Refuses `not_found`, and `unavailable` while too many invoices wait to be printed. */
export async function printInvoice({ tx, invoices }: Context<'invoices'>, { invoiceId }: InvoiceInput) {
  const invoice = await findInvoice(tx, invoiceId);
  if (invoice === null) return refuse('not_found');
  const bytes = await invoices.print(await invoiceView(tx, invoice));
  if (bytes === undefined) return refuse('unavailable', { retryAfterSeconds: 5 });
  return { bytes, mediaType: 'application/pdf', name: `invoice-${invoice.id}.pdf` };
}
