import type { CreditLimit } from '@tenantry/db/credit/entity';
import { listLimits as findLimits } from '@tenantry/db/credit/limits';
import { loadBooks } from '@tenantry/db/credit/books';
import type { PageInput } from '@tenantry/db/page';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { catchUp } from '@tenantry/domain/credit/catch-up';
import { usedToday } from '@tenantry/domain/credit/limits';

/** How much sites and keys may spend in a day, and what they have spent of it today. */
export async function listLimits(tx: AccountTransaction, input: PageInput) {
  const page = await findLimits(tx, input);
  return { ...page, items: await limitViews(tx, page.items) };
}

/** Limits as a client sees them: what a hold that ran out has given back is not used, whoever has written it down. */
export async function limitViews(tx: AccountTransaction, limits: readonly CreditLimit[]) {
  if (limits.length === 0) return [];
  const books = catchUp(await loadBooks(tx, 'read'), tx.now);
  const current = new Map(books.limits.map((limit) => [limit.id, limit]));
  return limits.map(({ siteId = null, keyId = null, ...limit }) => ({
    siteId,
    keyId,
    creditsPerDayMax: limit.creditsPerDayMax,
    usedToday: usedToday(current.get(limit.id) ?? limit, tx.now),
  }));
}
