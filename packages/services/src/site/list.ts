import type { PageInput } from '@tenantry/db/page';
import { listSites as findSites } from '@tenantry/db/site/queries';
import type { Records } from '@tenantry/db/transact';
import { siteView } from './view.ts';

/** The sites the actor may see, newest first. */
export async function listSites(records: Records, input: PageInput) {
  const page = await findSites(records, input);
  return { ...page, items: page.items.map(siteView) };
}
