import { revokeKeysOfSite } from '@tenantry/db/api-key/queries';
import { deleteSectors, findSite } from '@tenantry/db/site/queries';
import type { Records } from '@tenantry/db/transact';
import { refuse } from '@tenantry/domain/refusals';

/**
 * Deletes a site with its sectors and revokes the keys that are limited to it. Its row stays for the ledger
 * and its domain is free again. Refuses `not_found`.
 */
export async function deleteSite(records: Records, { siteId }: { siteId: string }) {
  const site = await findSite(records, siteId);
  if (site === null) return refuse('not_found');
  site.deletedAt = records.now;
  await records.em.flush();
  await deleteSectors(records, siteId);
  await revokeKeysOfSite(records, siteId);
  return { id: siteId };
}
