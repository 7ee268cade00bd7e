import { findHold } from '@tenantry/db/credit/queries';
import { maySeeSite } from '@tenantry/db/site/queries';
import type { Records } from '@tenantry/db/transact';
import { refuse } from '@tenantry/domain/refusals';
import { holdView } from './view.ts';

/** One hold. Refuses `not_found`. */
export async function getHold(records: Records, { holdId }: { holdId: string }) {
  const hold = await findHold(records, holdId);
  if (hold === null || !maySeeSite(records, hold.siteId ?? null)) return refuse('not_found');
  return holdView(hold, records.now);
}
