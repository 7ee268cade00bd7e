import { findSite, listSectors as findSectors } from '@tenantry/db/site/queries';
import type { Records } from '@tenantry/db/transact';
import { refuse } from '@tenantry/domain/refusals';

/** The sectors of a site, by name. Refuses `not_found`. */
export async function listSectors(records: Records, { siteId }: { siteId: string }) {
  if ((await findSite(records, siteId)) === null) return refuse('not_found');
  const sectors = await findSectors(records, siteId);
  return { items: sectors.map(({ id, name }) => ({ id, siteId, name })), nextCursor: null };
}
