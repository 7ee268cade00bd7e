import type { PageInput } from '@tenantry/db/page';
import { listSites as findSites } from '@tenantry/db/site/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { siteView } from './view.ts';

/** The sites the actor may see, newest first. */
export async function listSites(tx: AccountTransaction, input: PageInput) {
  const page = await findSites(tx, input);
  return { ...page, items: page.items.map(siteView) };
}
