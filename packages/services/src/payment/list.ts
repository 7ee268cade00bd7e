import { listPayments as findPayments } from '@tenantry/db/billing/queries';
import type { PageInput } from '@tenantry/db/page';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { paymentView } from './view.ts';

/** The payments of the account, newest first. */
export async function listPayments(tx: AccountTransaction, input: PageInput) {
  const page = await findPayments(tx, input);
  return { ...page, items: page.items.map(paymentView) };
}
