import { listOpenHoldIds } from '@tenantry/ledger/read/holds';
import type { LedgerService, ResolvedHold } from '@tenantry/ledger/service';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { resolveHold } from '@tenantry/domain/credit/ledger';
import { isRefusal } from '@tenantry/domain/refusals';
import { change } from '@tenantry/ledger/change';

/** Gives holds back whole; those that are resolved already, or have run out, stay as they are. */
const releaseHolds: LedgerService<{ holdIds: readonly string[] }, null> = {
  reads: ({ holdIds }) => ({ holdIds }),
  decide: ({ view, now }, { holdIds }) => {
    let { books } = view;
    const resolved: ResolvedHold[] = [];
    for (const id of holdIds) {
      const hold = view.hold(id);
      if (hold === undefined || hold.status !== 'open' || hold.expiresAt <= now) continue;
      const after = resolveHold(books, hold, { kind: 'release', spent: 0 }, now);
      if (isRefusal(after)) throw new Error(`hold ${id} cannot be given back: ${after.refused}`);
      books = after;
      resolved.push({ id, status: 'released', settledAmount: 0, isEstimated: false });
    }
    return { books, resolved, answer: null };
  },
};

const holdsAtOnce = 500;

/** Gives every open hold of the account back; no new one is granted before the transaction ends. */
export async function releaseAllHolds(tx: AccountTransaction): Promise<void> {
  // The first change locks the balance, so that the list after it is complete.
  await change(tx, releaseHolds, { holdIds: [] });
  const ids = await listOpenHoldIds(tx);
  for (let first = 0; first < ids.length; first += holdsAtOnce)
    await change(tx, releaseHolds, { holdIds: ids.slice(first, first + holdsAtOnce) });
}
