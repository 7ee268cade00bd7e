import type { LimitKeyInput, LimitSiteInput } from '@tenantry/contract/credit-limit';
import { findKey, limitGroupOf } from '@tenantry/db/api-key/queries';
import { findSite } from '@tenantry/db/site/queries';
import { type SpendingCap, setSpendingLimit, usedToday } from '@tenantry/domain/credit/limits';
import { refuse } from '@tenantry/domain/refusals';
import { change } from '@tenantry/ledger/change';
import type { LedgerService } from '@tenantry/ledger/service';
import type { Context } from '../context.ts';

/**
 * Sets how much work for a site may cost in a UTC day, whoever asks for it; null for no limit. What the day has used
 * counts, whether or not there was a limit. Refuses `not_found`.
 */
export async function limitSite({ tx }: Context, { siteId, creditsPerDayMax }: LimitSiteInput) {
  if ((await findSite(tx, siteId)) === null) return refuse('not_found');
  const used = await change(tx, limitSpending, { id: siteId, subject: 'site', creditsPerDayMax });
  return { siteId, keyId: null, creditsPerDayMax, usedToday: used };
}

/**
 * Sets how much a key may spend in a UTC day, together with the keys that it was rotated from or to; otherwise as
 * `limitSite`. Refuses `not_found`.
 */
export async function limitKey({ tx }: Context, { keyId, creditsPerDayMax }: LimitKeyInput) {
  const key = await findKey(tx, keyId);
  if (key === null) return refuse('not_found');
  const used = await change(tx, limitSpending, { id: limitGroupOf(key), subject: 'key', creditsPerDayMax });
  return { siteId: null, keyId, creditsPerDayMax, usedToday: used };
}

/** Sets the daily limit of a site or of a group of keys, and answers what is used of the day. */
export const limitSpending: LedgerService<SpendingCap, number> = {
  reads: () => ({}),
  decide({ view: { books }, now }, cap) {
    const limits = setSpendingLimit(books.limits, cap, now);
    const limit = limits.find(({ id }) => id === cap.id);
    return { books: { ...books, limits }, answer: limit === undefined ? 0 : usedToday(limit, now) };
  },
};
