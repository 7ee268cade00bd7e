import type { UpdateSectorInput } from '@tenantry/contract/sector';
import { findSector, findSite } from '@tenantry/db/site/queries';
import { updateRow } from '@tenantry/db/row';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { refuse } from '@tenantry/domain/refusals';
import { refuseIfTaken } from '@tenantry/db/constraints';
import { sectorConflicts } from './create.ts';

/** Renames a sector. Refuses `not_found`, `conflict` for a name that is taken. */
export async function updateSector(tx: AccountTransaction, { siteId, sectorId, name }: UpdateSectorInput) {
  if ((await findSite(tx, siteId)) === null) return refuse('not_found');
  const sector = await findSector(tx, siteId, sectorId);
  if (sector === null) return refuse('not_found');
  const taken = await refuseIfTaken(sectorConflicts, () => updateRow(tx, sector, { name }));
  return taken ?? { id: sectorId, siteId, name };
}
