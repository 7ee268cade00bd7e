import type { CreateSectorInput } from '@tenantry/contract/sector';
import { refuseIfTaken } from '@tenantry/db/constraints';
import { newId } from '@tenantry/db/ids';
import { findSite, insertSector, listSectors } from '@tenantry/db/site/queries';
import { getPlanOfAccount } from '@tenantry/db/subscription/queries';
import { refusalIfLimitReached } from '@tenantry/domain/plans';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';

/** Which refusal answers a unique constraint of the table: another sector of the site has the name. */
export const sectorConflicts = { sector_account_id_site_id_name_key: 'conflict' } as const;

/** Creates a sector of a site. Refuses `not_found`, `plan_limit_reached`, and `conflict` for a name that is taken. */
export async function createSector({ tx }: Context, { siteId, name }: CreateSectorInput) {
  if ((await findSite(tx, siteId)) === null) return refuse('not_found');
  const { limits } = await getPlanOfAccount(tx);
  const full = refusalIfLimitReached((await listSectors(tx, siteId)).length, limits.sectorsPerSiteMax);
  if (full !== undefined) return full;
  const sector = { id: newId(), siteId, name };
  return (await refuseIfTaken(sectorConflicts, () => insertSector(tx, sector))) ?? sector;
}
