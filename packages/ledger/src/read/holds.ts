import { CreditHold } from '@tenantry/db/credit/entity';
import { type Page, type PageInput, afterId, pageOf } from '@tenantry/db/page';
import { ofVisibleSites } from '@tenantry/db/site/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';

/**
 * The account's holds, newest first; an actor who is limited to sites sees theirs alone. Of `open` ones, none has run out
 * at the time of the transaction.
 */
export async function listHolds(
  tx: AccountTransaction,
  { limit, cursor, open = false }: PageInput & { open?: boolean },
): Promise<Page<CreditHold>> {
  const isOpen = open ? { status: 'open' as const, expiresAt: { $gt: tx.now } } : {};
  const rows = await tx.em.find(
    CreditHold,
    { ...afterId(cursor), ...ofVisibleSites(tx), ...isOpen },
    { orderBy: { id: 'desc' }, limit: limit + 1 },
  );
  return pageOf(rows, limit, (hold) => hold.id);
}

/** A hold of the account, or null. */
export function findHold({ em }: AccountTransaction, id: string): Promise<CreditHold | null> {
  return em.findOne(CreditHold, { id }, { refresh: true });
}

/** The ids of every hold of the account that is open. */
export async function listOpenHoldIds({ em }: AccountTransaction): Promise<string[]> {
  const open = await em.find(CreditHold, { status: 'open' }, { fields: ['id'], orderBy: { id: 'asc' } });
  return open.map(({ id }) => id);
}

/** How many holds of the account are open and have not run out. */
export function countOpenHolds({ em, now }: AccountTransaction): Promise<number> {
  return em.count(CreditHold, { status: 'open', expiresAt: { $gt: now } });
}
