import { findKey } from '@tenantry/db/api-key/queries';
import { type LimitSubject, findLimits, setLimit } from '@tenantry/db/credit/limits';
import { findSite } from '@tenantry/db/site/queries';
import type { Records } from '@tenantry/db/transact';
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
export async function limitSite(records: Records, { siteId, ...cap }: DailyCap & { siteId: string }) {
  return (await findSite(records, siteId)) === null
    ? refuse('not_found')
    : change(records, { siteId }, siteId, cap);
}

/** Sets how much a key may spend in a UTC day; otherwise as `limitSite`. Refuses `not_found`. */
export async function limitKey(records: Records, { keyId, ...cap }: DailyCap & { keyId: string }) {
  return (await findKey(records, keyId)) === null
    ? refuse('not_found')
    : change(records, { keyId }, keyId, cap);
}

async function change(records: Records, subject: LimitSubject, id: string, { creditsPerDayMax }: DailyCap) {
  await setLimit(records, subject, creditsPerDayMax);
  const [limit] = await limitViews(records, [...(await findLimits(records, [id])).values()]);
  return limit ?? { siteId: null, keyId: null, ...subject, creditsPerDayMax: null, usedToday: 0 };
}
