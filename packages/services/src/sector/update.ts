import type { UpdateSectorInput } from '@tenantry/contract/sector';
import { refuseIfTaken } from '@tenantry/db/constraints';
import { updateRow } from '@tenantry/db/row';
import { findSector, findSite } from '@tenantry/db/site/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { sectorConflicts } from './create.ts';

/** Renames a sector. Refuses `not_found`, and `conflict` for a name that is taken. */
export async function updateSector({ tx }: Context, { siteId, sectorId, name }: UpdateSectorInput) {
  if ((await findSite(tx, siteId)) === null) return refuse('not_found');
  const sector = await findSector(tx, siteId, sectorId);
  if (sector === null) return refuse('not_found');
  const taken = await refuseIfTaken(sectorConflicts, () => updateRow(tx, sector, { name }));
  return taken ?? { id: sectorId, siteId, name };
}
