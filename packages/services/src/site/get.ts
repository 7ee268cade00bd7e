import type { SiteInput } from '@tenantry/contract/site';
import { findSite } from '@tenantry/db/site/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { siteView } from './view.ts';

/** One site. Refuses `not_found`. */
export async function getSite({ tx }: Context, { siteId }: SiteInput) {
  const site = await findSite(tx, siteId);
  return site === null ? refuse('not_found') : siteView(site);
}
