import { findKey } from '@tenantry/db/api-key/queries';
import { type LimitSubject, findLimits, setLimit } from '@tenantry/db/credit/limits';
import { findSite } from '@tenantry/db/site/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { refuse } from '@tenantry/domain/refusals';
import { limitViews } from './list-limits.ts';

/** The most credits a UTC day may cost; null lifts the limit. */
export interface DailyCap {
  creditsPerDayMax: number | null;
}

/**
 * Sets how much work for a site may cost in a UTC day, whoever asks for it. It counts from when it is set, work of
 * the day that is under way included, which stays. Refuses `not_found`.
 */
export async function limitSite(tx: AccountTransaction, { siteId, ...cap }: DailyCap & { siteId: string }) {
  return (await findSite(tx, siteId)) === null ? refuse('not_found') : change(tx, { siteId }, siteId, cap);
}

/** Sets how much a key may spend in a UTC day; otherwise as `limitSite`. Refuses `not_found`. */
export async function limitKey(tx: AccountTransaction, { keyId, ...cap }: DailyCap & { keyId: string }) {
  return (await findKey(tx, keyId)) === null ? refuse('not_found') : change(tx, { keyId }, keyId, cap);
}

async function change(
  tx: AccountTransaction,
  subject: LimitSubject,
  id: string,
  { creditsPerDayMax }: DailyCap,
) {
  await setLimit(tx, subject, creditsPerDayMax);
  const [limit] = await limitViews(tx, [...(await findLimits(tx, [id])).values()]);
  return limit ?? { siteId: null, keyId: null, ...subject, creditsPerDayMax: null, usedToday: 0 };
}
