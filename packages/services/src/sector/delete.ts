import { deleteSectors, findSite } from '@tenantry/db/site/queries';
import type { Records } from '@tenantry/db/transact';
import { refuse } from '@tenantry/domain/refusals';

/** Deletes a sector. Refuses `not_found`. */
export async function deleteSector(
  records: Records,
  { siteId, sectorId }: { siteId: string; sectorId: string },
) {
  if ((await findSite(records, siteId)) === null) return refuse('not_found');
  const deleted = await deleteSectors(records, siteId, sectorId);
  return deleted === 1 ? { id: sectorId } : refuse('not_found');
}
