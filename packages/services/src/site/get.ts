import { findSite } from '@tenantry/db/site/queries';
import type { Records } from '@tenantry/db/transact';
import { refuse } from '@tenantry/domain/refusals';
import { siteView } from './view.ts';

/** One site. Refuses `not_found`. */
export async function getSite(records: Records, { siteId }: { siteId: string }) {
  const site = await findSite(records, siteId);
  return site === null ? refuse('not_found') : siteView(site);
}
