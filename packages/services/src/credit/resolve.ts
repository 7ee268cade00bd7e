import { findBackedHold, loadBooks, writeBooks } from '@tenantry/db/credit/books';
import { findHold } from '@tenantry/db/credit/queries';
import { maySeeSite } from '@tenantry/db/site/queries';
import type { Records } from '@tenantry/db/transact';
import { catchUp, resolveHold } from '@tenantry/domain/credit/ledger';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import { expiredHold } from './hold.ts';
import { holdView } from './view.ts';

/**
 * Resolves an open hold once. A hold that ran out charges nothing and says what was not billed. Refuses
 * `not_found`, `hold_resolved`, `settle_above_hold`.
 */
export async function resolveOpenHold(
  records: Records,
  holdId: string,
  spentOf: (hold: { operation: string | null; amount: number }) => Promise<number>,
  outcome: 'settled' | 'released',
) {
  const before = await loadBooks(records, 'lock');
  const hold = await findBackedHold(records, holdId);
  if (hold === undefined || !maySeeSite(records, hold.siteId)) return refuse('not_found');
  if (hold.status !== 'open' && hold.status !== 'expired') return refuse('hold_resolved');
  const spent = await spentOf(hold);
  const current = catchUp(before, before.overdue, records.now);
  const overdue = before.overdue.map(({ id }) => expiredHold(id));
  if (hold.expiresAt <= records.now || hold.status === 'expired') {
    if (overdue.length > 0 || current.postings.length > 0)
      await writeBooks(records, { before, after: current, resolved: overdue });
    return shown(records, holdId, spent);
  }
  const kind = outcome === 'settled' ? 'settle' : 'release';
  const after = resolveHold(current, hold, spent, kind, records.now);
  if (isRefusal(after)) return after;
  const resolved = [...overdue, { id: holdId, status: outcome, settledAmount: spent }];
  await writeBooks(records, { before, after, resolved });
  return shown(records, holdId, 0);
}

async function shown(records: Records, holdId: string, unbilledAmount: number) {
  const hold = await findHold(records, holdId);
  if (hold === null) return refuse('not_found');
  return { ...holdView(hold, records.now), settledAmount: hold.settledAmount ?? 0, unbilledAmount };
}
