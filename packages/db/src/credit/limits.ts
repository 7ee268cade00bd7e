import { type Page, type PageInput, afterId, pageOf } from '../page.ts';
import type { AccountTransaction } from '../transaction.ts';
import { CreditLimit } from './entity.ts';

/** The account's limits, newest site or key first; an actor who is limited to sites sees theirs alone. */
export async function listLimits(
  { em, sites }: AccountTransaction,
  { limit, cursor }: PageInput,
): Promise<Page<CreditLimit>> {
  const own = sites === undefined ? {} : { siteId: { $in: [...sites] } };
  const rows = await em.find(
    CreditLimit,
    { ...afterId(cursor), ...own },
    { orderBy: { id: 'desc' }, limit: limit + 1 },
  );
  return pageOf(rows, limit, (row) => row.id);
}

/** The limits of sites or keys, by the id of what they bind. */
export async function findLimits(
  { em }: AccountTransaction,
  ids: readonly string[],
): Promise<Map<string, CreditLimit>> {
  const rows = ids.length === 0 ? [] : await em.find(CreditLimit, { id: { $in: [...ids] } });
  return new Map(rows.map((row) => [row.id, row]));
}

const lock = 'select from credit_balance where account_id = ? for no key update';
const insert = `insert into credit_limit (account_id, id, site_id, key_id, credits_per_day_max, day, used)
  values (?, ?, ?, ?, ?, (?::timestamptz at time zone 'UTC')::date, ?)
  on conflict (account_id, id) do update set credits_per_day_max = excluded.credits_per_day_max`;
const drop = 'delete from credit_limit where account_id = ? and id = ?';
const underWayOf = (
  subject: string,
) => `select coalesce(sum(coalesce(settled_amount, amount)), 0)::float8 as used from credit_hold
  where account_id = ? and ${subject} = ? and (status = 'open' or estimated) and created_at >= date_trunc('day', ?::timestamptz, 'UTC')`;
const [underWayOfSite, underWayOfKey] = [underWayOf('site_id'), underWayOf('key_id')];

/** What a limit binds. */
export type LimitSubject = { siteId: string } | { keyId: string };

/**
 * Sets how much a site or a key may spend in a day, or lifts that with null, under the lock of the balance. What is
 * used of it already is not touched, since the lane alone counts that; a new limit begins with what work of the day
 * may still give back, or it would be given back what others have used.
 */
export async function setLimit(
  tx: AccountTransaction,
  subject: LimitSubject,
  creditsPerDayMax: number | null,
): Promise<void> {
  const { em, accountId, now } = tx;
  const id = 'siteId' in subject ? subject.siteId : subject.keyId;
  await em.execute(lock, [accountId]);
  if (creditsPerDayMax === null) {
    await em.execute(drop, [accountId, id]);
    return;
  }
  const underWay = 'siteId' in subject ? underWayOfSite : underWayOfKey;
  const [row]: { used: number }[] = await em.execute(underWay, [accountId, id, now.toISOString()]);
  await insertLimit(tx, subject, { creditsPerDayMax, used: row?.used ?? 0 });
}

/** Writes the limit of a key that is new itself, with what is used of it already. */
export function limitNewKey(
  tx: AccountTransaction,
  keyId: string,
  cap: { creditsPerDayMax: number; used: number },
): Promise<void> {
  return insertLimit(tx, { keyId }, cap);
}

async function insertLimit(
  { em, accountId, now }: AccountTransaction,
  subject: LimitSubject,
  { creditsPerDayMax, used }: { creditsPerDayMax: number; used: number },
): Promise<void> {
  const [siteId, keyId] = 'siteId' in subject ? [subject.siteId, null] : [null, subject.keyId];
  const id = siteId ?? keyId;
  await em.execute(insert, [accountId, id, siteId, keyId, creditsPerDayMax, now.toISOString(), used]);
}

const readThresholds = 'select low_balance_thresholds as thresholds from credit_balance where account_id = ?';
const writeThresholds = `update credit_balance set low_balance_thresholds = ?::jsonb where account_id = ?
  returning low_balance_thresholds as thresholds`;

/** Below which balances the account is told. */
export async function findThresholds({ em, accountId }: AccountTransaction): Promise<number[]> {
  const [row]: { thresholds: number[] }[] = await em.execute(readThresholds, [accountId]);
  return row?.thresholds ?? [];
}

/** Sets below which balances the account is told. */
export async function setThresholds(
  { em, accountId }: AccountTransaction,
  thresholds: readonly number[],
): Promise<number[]> {
  const rows: { thresholds: number[] }[] = await em.execute(writeThresholds, [
    JSON.stringify(thresholds),
    accountId,
  ]);
  return rows[0]?.thresholds ?? [];
}
