import { findHold } from '@tenantry/ledger/read/holds';
import { maySeeSite } from '@tenantry/db/site/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { refuse } from '@tenantry/domain/refusals';
import { holdView } from './view.ts';

/** One hold. Refuses `not_found`. */
export async function getHold(tx: AccountTransaction, { holdId }: { holdId: string }) {
  const hold = await findHold(tx, holdId);
  if (hold === null || !maySeeSite(tx, hold.siteId ?? null)) return refuse('not_found');
  return holdView(hold, tx.now);
}
