import type { PageInput } from '@tenantry/contract/page';
import { findNewestKeys } from '@tenantry/db/api-key/queries';
import { usedToday } from '@tenantry/domain/credit/limits';
import { booksNow } from '@tenantry/ledger/read/balance';
import { listLimits as findLimits } from '@tenantry/ledger/read/limits';
import type { Context } from '../context.ts';

/**
 * How much sites and keys may spend in a day, and what they have spent of it today. Keys of one rotation share a limit,
 * which names the newest. What a hold that ran out gives back is not used, whether or not that is written.
 */
export async function listLimits({ tx }: Context, input: PageInput) {
  const page = await findLimits(tx, input);
  const { limits: now } = await booksNow(tx);
  const current = new Map(now.map((limit) => [limit.id, limit]));
  const newest = await findNewestKeys(
    tx,
    page.items.flatMap(({ keyId }) => keyId ?? []),
  );
  const items = page.items.map(({ id, siteId = null, keyId = null, ...limit }) => ({
    siteId,
    keyId: keyId === null ? null : (newest.get(keyId)?.id ?? keyId),
    creditsPerDayMax: limit.creditsPerDayMax ?? null,
    usedToday: usedToday(current.get(id) ?? limit, tx.now),
  }));
  return { ...page, items };
}
