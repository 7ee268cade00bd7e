import type { LimitKeyInput, LimitSiteInput } from '@tenantry/contract/credit-limit';
import { findKey } from '@tenantry/db/api-key/queries';
import { findSite } from '@tenantry/db/site/queries';
import { type SpendingCap, setSpendingLimit, usedToday } from '@tenantry/domain/credit/limits';
import { refuse } from '@tenantry/domain/refusals';
import { change } from '@tenantry/ledger/change';
import { findLimits } from '@tenantry/ledger/read/limits';
import type { LedgerService } from '@tenantry/ledger/service';
import type { Context } from '../context.ts';
import { limitViews } from './list-limits.ts';

/**
 * Sets how much work for a site may cost in a UTC day, whoever asks for it. It counts from when it is set, work of
 * the day that is under way included, which stays. Refuses `not_found`.
 */
export async function limitSite({ tx }: Context, { siteId, ...cap }: LimitSiteInput) {
  if ((await findSite(tx, siteId)) === null) return refuse('not_found');
  return limited(tx, { id: siteId, subject: 'site', ...cap });
}

/** Sets how much a key may spend in a UTC day; otherwise as `limitSite`. Refuses `not_found`. */
export async function limitKey({ tx }: Context, { keyId, ...cap }: LimitKeyInput) {
  if ((await findKey(tx, keyId)) === null) return refuse('not_found');
  return limited(tx, { id: keyId, subject: 'key', ...cap });
}

async function limited(tx: Context['tx'], cap: Omit<SpendingCap, 'used'>) {
  await change(tx, limitSpending, cap);
  const [limit] = await limitViews(tx, [...(await findLimits(tx, [cap.id])).values()]);
  const subject = cap.subject === 'site' ? { siteId: cap.id, keyId: null } : { siteId: null, keyId: cap.id };
  return limit ?? { ...subject, creditsPerDayMax: null, usedToday: 0 };
}

/**
 * Sets a limit. What is used of it already is not touched; a new limit begins with what work of the day may still give
 * back, or it would be given back what others have used.
 */
const limitSpending: LedgerService<Omit<SpendingCap, 'used'>, null> = {
  reads: ({ id, subject }) => ({ spenders: [{ id, subject }] }),
  decide({ view: { books, underWay }, now }, cap) {
    const limits = setSpendingLimit(books.limits, { ...cap, used: underWay(cap.id) }, now);
    return { books: { ...books, limits }, answer: null };
  },
};

/** Sets the limit of a key that is made in the same transaction, so that nothing of it is used. */
export const limitNewKey: LedgerService<{ keyId: string; creditsPerDayMax: number }, null> = {
  reads: () => ({}),
  decide({ view: { books }, now }, { keyId: id, creditsPerDayMax }) {
    const cap = { id, subject: 'key', creditsPerDayMax, used: 0 } as const;
    return { books: { ...books, limits: setSpendingLimit(books.limits, cap, now) }, answer: null };
  },
};

/** Gives a new key the limit of another, with what is used of it today; a key without one leaves the new without. */
export const copyKeyLimit: LedgerService<{ fromKeyId: string; toKeyId: string }, null> = {
  reads: () => ({}),
  decide({ view: { books }, now }, { fromKeyId, toKeyId }) {
    const limit = books.limits.find(({ id }) => id === fromKeyId);
    if (limit === undefined) return { books, answer: null };
    const copy = { ...limit, id: toKeyId, used: usedToday(limit, now) };
    return { books: { ...books, limits: setSpendingLimit(books.limits, copy, now) }, answer: null };
  },
};
