import type { SiteInput } from '@tenantry/contract/site';
import { revokeKeysOfSite } from '@tenantry/db/api-key/queries';
import { updateRow } from '@tenantry/db/row';
import { deleteSectors, findSite } from '@tenantry/db/site/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';

/**
 * Deletes a site with its sectors, and revokes the API keys that are limited to it. Its row stays for the ledger, and
 * its domain is free again. Refuses `not_found`.
 */
export async function deleteSite({ tx, now }: Context, { siteId }: SiteInput) {
  const site = await findSite(tx, siteId);
  if (site === null) return refuse('not_found');
  await updateRow(tx, site, { deletedAt: now });
  await deleteSectors(tx, siteId);
  await revokeKeysOfSite(tx, siteId);
  return { id: siteId };
}
