import { findHold } from '@tenantry/db/credit/queries';
import { onlySite } from '@tenantry/db/site/queries';
import type { Records } from '@tenantry/db/transact';
import { refuse } from '@tenantry/domain/refusals';
import { holdView } from './view.ts';

/** One hold. Refuses `not_found`. */
export async function getHold(records: Records, { holdId }: { holdId: string }) {
  const hold = await findHold(records, holdId);
  const only = onlySite(records);
  if (hold === null || (only !== null && hold.siteId !== only)) return refuse('not_found');
  return holdView(hold, records.now);
}
