import type { SectorInput } from '@tenantry/contract/sector';
import { deleteSectors, findSite } from '@tenantry/db/site/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';

/** Deletes a sector. Refuses `not_found`. */
export async function deleteSector({ tx }: Context, { siteId, sectorId }: SectorInput) {
  if ((await findSite(tx, siteId)) === null) return refuse('not_found');
  const deleted = await deleteSectors(tx, siteId, sectorId);
  return deleted === 1 ? { id: sectorId } : refuse('not_found');
}
