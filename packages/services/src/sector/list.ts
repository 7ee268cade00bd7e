import type { ListSectorsInput } from '@tenantry/contract/sector';
import { findSite, listSectors as findSectors } from '@tenantry/db/site/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { refuse } from '@tenantry/domain/refusals';

/** The sectors of a site, by name. Refuses `not_found`. */
export async function listSectors(tx: AccountTransaction, { siteId }: ListSectorsInput) {
  if ((await findSite(tx, siteId)) === null) return refuse('not_found');
  const sectors = await findSectors(tx, siteId);
  return { items: sectors.map(({ id, name }) => ({ id, siteId, name })), nextCursor: null };
}
