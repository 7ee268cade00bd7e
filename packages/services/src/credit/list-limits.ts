import type { PageInput } from '@tenantry/contract/page';
import { usedToday } from '@tenantry/domain/credit/limits';
import { booksNow } from '@tenantry/ledger/read/balance';
import { type CreditLimit, listLimits as findLimits } from '@tenantry/ledger/read/limits';
import type { Context } from '../context.ts';

/** How much sites and keys may spend in a day, and what they have spent of it today. */
export async function listLimits({ tx }: Context, input: PageInput) {
  const page = await findLimits(tx, input);
  return { ...page, items: await limitViews(tx, page.items) };
}

/** Limits as a client sees them: what a hold that ran out gives back is not used, whether or not that is written. */
export async function limitViews(tx: Context['tx'], limits: readonly CreditLimit[]) {
  if (limits.length === 0) return [];
  const { limits: now } = await booksNow(tx);
  const current = new Map(now.map((limit) => [limit.id, limit]));
  return limits.map(({ siteId = null, keyId = null, ...limit }) => ({
    siteId,
    keyId,
    creditsPerDayMax: limit.creditsPerDayMax,
    usedToday: usedToday(current.get(limit.id) ?? limit, tx.now),
  }));
}
