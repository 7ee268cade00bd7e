import type { Invoice } from '@tenantry/db/billing/entity';
import { openInvoices } from '@tenantry/db/billing/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';

/** The open invoices of changes of the subscription, its renewal included, newest first; one at most, but for old ones. */
export async function changeInvoices(tx: AccountTransaction): Promise<Invoice[]> {
  return (await openInvoices(tx)).filter(({ kind }) => kind !== 'package');
}
