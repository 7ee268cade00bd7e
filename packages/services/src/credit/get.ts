import { loadBooks } from '@tenantry/db/credit/books';
import type { Records } from '@tenantry/db/transact';
import type { Balance, GrantKind } from '@tenantry/domain/credit/books';
import { availableByKind, catchUp } from '@tenantry/domain/credit/ledger';

export interface CreditView extends Balance {
  byKind: Record<GrantKind, number>;
}

/** The account's credits as they are now, whether or not anybody has written down what time has done. */
export async function getCredits(records: Records): Promise<CreditView> {
  const stored = await loadBooks(records, 'read');
  const { balance, grants } = catchUp(stored, stored.overdue, records.now);
  return { ...balance, byKind: availableByKind(grants, records.now) };
}
