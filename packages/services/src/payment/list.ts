import type { PageInput } from '@tenantry/contract/page';
import { listPayments as findPayments } from '@tenantry/db/billing/queries';
import type { Context } from '../context.ts';
import { paymentView } from './view.ts';

/** The payments of the account, newest first. */
export async function listPayments({ tx }: Context, input: PageInput) {
  const page = await findPayments(tx, input);
  return { ...page, items: page.items.map(paymentView) };
}
