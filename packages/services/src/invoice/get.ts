import { findInvoice } from '@tenantry/db/billing/queries';
import { getPlan } from '@tenantry/db/plan/queries';
import type { Records } from '@tenantry/db/transact';
import { refuse } from '@tenantry/domain/refusals';
import { invoiceView } from './view.ts';

/** One invoice. Refuses `not_found`. */
export async function getInvoice(records: Records, { invoiceId }: { invoiceId: string }) {
  const invoice = await findInvoice(records, invoiceId);
  if (invoice === null) return refuse('not_found');
  return invoiceView(invoice, (await getPlan(records.em, invoice.planId)).slug);
}
