import type { PageInput } from '@tenantry/contract/page';
import { listSites as findSites } from '@tenantry/db/site/queries';
import type { Context } from '../context.ts';
import { siteView } from './view.ts';

/** The sites that the actor may see, newest first. */
export async function listSites({ tx }: Context, input: PageInput) {
  const page = await findSites(tx, input);
  return { ...page, items: page.items.map(siteView) };
}
