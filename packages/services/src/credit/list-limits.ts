import type { CreditLimit } from '@tenantry/db/credit/entity';
import { listLimits as findLimits } from '@tenantry/db/credit/limits';
import type { PageInput } from '@tenantry/db/page';
import type { Records } from '@tenantry/db/transact';
import { usedToday } from '@tenantry/domain/credit/limits';

/** How much sites and keys may spend in a day, and what they have spent of it today. */
export async function listLimits(records: Records, input: PageInput) {
  const page = await findLimits(records, input);
  return { ...page, items: page.items.map((limit) => limitView(limit, records.now)) };
}

/** A limit as a client sees it. */
export function limitView({ siteId = null, keyId = null, ...limit }: CreditLimit, now: Date) {
  return { siteId, keyId, creditsPerDayMax: limit.creditsPerDayMax, usedToday: usedToday(limit, now) };
}
