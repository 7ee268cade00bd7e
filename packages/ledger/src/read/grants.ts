import { CreditGrant } from '@tenantry/db/credit/entity';
import { type Page, type PageInput, afterId, pageOf } from '@tenantry/db/page';
import type { AccountTransaction } from '@tenantry/db/transaction';

/** The account's grants, newest first. */
export async function listGrants(
  { em }: AccountTransaction,
  { limit, cursor }: PageInput,
): Promise<Page<CreditGrant>> {
  const rows = await em.find(CreditGrant, afterId(cursor), { orderBy: { id: 'desc' }, limit: limit + 1 });
  return pageOf(rows, limit, (grant) => grant.id);
}

/** Grants of the account by their ids. */
export function findGrants({ em }: AccountTransaction, ids: readonly string[]): Promise<CreditGrant[]> {
  return ids.length === 0 ? Promise.resolve([]) : em.find(CreditGrant, { id: { $in: [...ids] } });
}
