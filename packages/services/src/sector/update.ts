import { findSector, findSite } from '@tenantry/db/site/queries';
import type { Records } from '@tenantry/db/transact';
import { refuse } from '@tenantry/domain/refusals';
import { refusingTakenName } from './create.ts';

/** Renames a sector. Refuses `not_found`, `conflict` for a name that is taken. */
export async function updateSector(
  records: Records,
  { siteId, sectorId, name }: { siteId: string; sectorId: string; name: string },
) {
  if ((await findSite(records, siteId)) === null) return refuse('not_found');
  const sector = await findSector(records, siteId, sectorId);
  if (sector === null) return refuse('not_found');
  sector.name = name;
  await refusingTakenName(() => records.em.flush());
  return { id: sectorId, siteId, name };
}
