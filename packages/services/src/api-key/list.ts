import { listKeys as findKeys } from '@tenantry/db/api-key/queries';
import type { PageInput } from '@tenantry/db/page';
import type { Records } from '@tenantry/db/transact';
import { keyViews } from './view.ts';

/** The keys of the account, newest first, revoked ones included. */
export async function listKeys(records: Records, input: PageInput) {
  const page = await findKeys(records, input);
  return { ...page, items: await keyViews(records, page.items) };
}
