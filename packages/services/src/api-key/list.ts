import { listKeys as findKeys } from '@tenantry/db/api-key/queries';
import type { PageInput } from '@tenantry/db/page';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { keyViews } from './view.ts';

/** The keys of the account, newest first, revoked ones included. */
export async function listKeys(tx: AccountTransaction, input: PageInput) {
  const page = await findKeys(tx, input);
  return { ...page, items: await keyViews(tx, page.items) };
}
