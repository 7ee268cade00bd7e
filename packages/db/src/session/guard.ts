import { rows } from '../sql.ts';
import type { Database, Transaction } from '../transaction.ts';

/** What attempts are counted under. */
export interface GuardKey {
  /** The digest of what is guarded. */
  key: string;
  /** The digest of the address of the person who is guarded, whose guards a reset ends; null for staff. */
  subject: string | null;
}

/** How many failures within how long lock for how long, in seconds. */
export interface GuardRule {
  failuresMax: number;
  windowSeconds: number;
  lockSeconds: number;
}

/** How an attempt ended. One that ended without a verdict counts neither way. */
export type AttemptEnd = 'failed' | 'passed' | 'undecided';

const isOver = `coalesce(guard.locked_until, guard.began_at + make_interval(secs => $4)) <= excluded.began_at`;
/** Takes a place for one attempt; no row when every place is taken or the key is locked. */
const reserve = `insert into sign_in_guard as guard (guard_key, subject, failures, pending, began_at)
values ($1, $2, 0, 1, $3::timestamptz)
on conflict (guard_key) do update set
  subject = excluded.subject,
  failures = case when ${isOver} then 0 else guard.failures end,
  pending = case when ${isOver} then 1 else guard.pending + 1 end,
  began_at = case when ${isOver} then excluded.began_at else guard.began_at end,
  locked_until = null
where ${isOver} or (guard.locked_until is null and guard.failures + guard.pending < $5)
returning guard_key`;
const findLock = `select (extract(epoch from locked_until) * 1000)::float8 as "lockedUntil" from sign_in_guard where guard_key = $1`;
const end: Record<AttemptEnd, string> = {
  failed: `update sign_in_guard set pending = greatest(pending - 1, 0), failures = failures + 1,
    locked_until = case when failures + 1 >= $2 then $3::timestamptz + make_interval(secs => $4) else locked_until end
    where guard_key = $1`,
  passed: `update sign_in_guard set pending = greatest(pending - 1, 0), failures = 0, locked_until = null where guard_key = $1`,
  undecided: `update sign_in_guard set pending = greatest(pending - 1, 0) where guard_key = $1`,
};
const clear = 'update sign_in_guard set pending = 0, failures = 0, locked_until = null where subject = $1';

/**
 * Counts an attempt before it is made, in one statement, so that no more are under way or failed than the rule allows.
 * Answers undefined when the attempt may be made, and otherwise until when the key is locked; null while attempts that
 * are under way take every place.
 */
export function reserveAttempt(
  database: Database,
  { key, subject }: GuardKey,
  { windowSeconds, failuresMax }: GuardRule,
  now: Date,
): Promise<Date | null | undefined> {
  return database.withoutAccount.write({ presented: key }, async (tx) => {
    const values = [key, subject, now.toISOString(), windowSeconds, failuresMax];
    if ((await rows(tx, reserve, values)).length === 1) return undefined;
    const [guard] = await rows<{ lockedUntil: number | null }>(tx, findLock, [key]);
    return guard?.lockedUntil == null ? null : new Date(guard.lockedUntil);
  });
}

/** Gives back the place of an attempt, and counts how it ended; the last failure that is allowed locks the key. */
export async function endAttempt(
  database: Database,
  { key }: GuardKey,
  how: AttemptEnd,
  { rule, now }: { rule: GuardRule; now: Date },
): Promise<void> {
  const values = how === 'failed' ? [key, rule.failuresMax, now.toISOString(), rule.lockSeconds] : [key];
  await database.withoutAccount.write({ presented: key }, (tx) => rows(tx, end[how], values));
}

/** Ends every lock of the person with an address; the transaction presents the digest of that address. */
export async function clearGuardsOf(tx: Transaction, subject: string): Promise<void> {
  await rows(tx, clear, [subject]);
}
