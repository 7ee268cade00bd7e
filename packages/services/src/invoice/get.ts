import type { InvoiceInput } from '@tenantry/contract/invoice';
import { findInvoice } from '@tenantry/db/billing/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { invoiceView } from './view.ts';

/** One invoice. Refuses `not_found`. */
export async function getInvoice({ tx }: Pick<Context, 'tx'>, { invoiceId }: InvoiceInput) {
  const invoice = await findInvoice(tx, invoiceId);
  return invoice === null ? refuse('not_found') : invoiceView(tx, invoice);
}
