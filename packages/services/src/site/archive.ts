import type { SiteInput } from '@tenantry/contract/site';
import { updateRow } from '@tenantry/db/row';
import { countSites, findSite } from '@tenantry/db/site/queries';
import { getPlanOfAccount } from '@tenantry/db/subscription/queries';
import { refusalIfLimitReached } from '@tenantry/domain/plans';
import { refuse } from '@tenantry/domain/refusals';
import { lockBooks } from '@tenantry/ledger/change';
import type { Context } from '../context.ts';
import { siteView } from './view.ts';

/**
 * Archives a site. It keeps its sectors, keys, domain and history, takes no new holds, and does not count against the
 * plan's limit; holds that are open are settled as ever. Archiving it again changes nothing. Refuses `not_found`.
 */
export async function archiveSite({ tx, now }: Context, { siteId }: SiteInput) {
  const site = await findSite(tx, siteId);
  if (site === null) return refuse('not_found');
  if (site.archivedAt != null) return siteView(site);
  await lockBooks(tx);
  await updateRow(tx, site, { archivedAt: now });
  return siteView(site);
}

/** Brings an archived site back into use, as it was. Refuses `not_found`, and `plan_limit_reached`. */
export async function restoreSite({ tx }: Context, { siteId }: SiteInput) {
  const site = await findSite(tx, siteId);
  if (site === null) return refuse('not_found');
  if (site.archivedAt == null) return siteView(site);
  const { limits } = await getPlanOfAccount(tx);
  const full = refusalIfLimitReached(await countSites(tx), limits.sitesMax);
  if (full !== undefined) return full;
  await updateRow(tx, site, { archivedAt: null });
  return siteView(site);
}
