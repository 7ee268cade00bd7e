import type { HoldInput } from '@tenantry/contract/credit-hold';
import { findHold } from '@tenantry/ledger/read/holds';
import { maySeeSite } from '@tenantry/db/site/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { holdView } from './view.ts';

/** One hold. Refuses `not_found`. */
export async function getHold({ tx }: Context, { holdId }: HoldInput) {
  const hold = await findHold(tx, holdId);
  if (hold === null || !maySeeSite(tx, hold.siteId ?? null)) return refuse('not_found');
  return holdView(hold, tx.now);
}
