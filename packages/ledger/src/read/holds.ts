import { CreditHold } from '@tenantry/db/credit/entity';
import { type Page, type PageInput, afterId, pageOf } from '@tenantry/db/page';
import type { AccountTransaction } from '@tenantry/db/transaction';

/** The account's holds, newest first; an actor who is limited to sites sees theirs alone. */
export async function listHolds(
  { em, sites }: AccountTransaction,
  { limit, cursor }: PageInput,
): Promise<Page<CreditHold>> {
  const own = sites === undefined ? {} : { siteId: { $in: [...sites] } };
  const rows = await em.find(
    CreditHold,
    { ...afterId(cursor), ...own },
    { orderBy: { id: 'desc' }, limit: limit + 1 },
  );
  return pageOf(rows, limit, (hold) => hold.id);
}

/** A hold of the account, or null. */
export function findHold({ em }: AccountTransaction, id: string): Promise<CreditHold | null> {
  return em.findOne(CreditHold, { id }, { refresh: true });
}
