import { listPayments as findPayments } from '@tenantry/db/billing/queries';
import type { PageInput } from '@tenantry/db/page';
import type { Records } from '@tenantry/db/transact';
import { paymentView } from './view.ts';

/** The payments of the account, newest first. */
export async function listPayments(records: Records, input: PageInput) {
  const page = await findPayments(records, input);
  return { ...page, items: page.items.map(paymentView) };
}
