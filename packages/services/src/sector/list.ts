import type { ListSectorsInput } from '@tenantry/contract/sector';
import { findSite, listSectors as findSectors } from '@tenantry/db/site/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';

/** The sectors of a site, by name. Refuses `not_found`. */
export async function listSectors({ tx }: Context, { siteId }: ListSectorsInput) {
  if ((await findSite(tx, siteId)) === null) return refuse('not_found');
  const sectors = await findSectors(tx, siteId);
  return { items: sectors.map(({ id, name }) => ({ id, siteId, name })), nextCursor: null };
}
