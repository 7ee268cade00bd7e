import { rows } from '../sql.ts';
import type { Database } from '../transaction.ts';

interface GuardRow {
  failures: number;
  locked_until: number | null;
}

const find = `select failures, (extract(epoch from locked_until) * 1000)::float8 as locked_until from sign_in_guard where guard_key = $1`;
const fail = `insert into sign_in_guard as guard (guard_key, failures, began_at) values ($1, 1, $2::timestamptz)
on conflict (guard_key) do update set
  failures = case when guard.began_at <= excluded.began_at - make_interval(secs => $3) then 1 else guard.failures + 1 end,
  began_at = case when guard.began_at <= excluded.began_at - make_interval(secs => $3) then excluded.began_at else guard.began_at end,
  locked_until = case when guard.failures + 1 >= $4 and guard.began_at > excluded.began_at - make_interval(secs => $3)
    then excluded.began_at + make_interval(secs => $5) else guard.locked_until end`;
const clear = 'update sign_in_guard set failures = 0, locked_until = null where guard_key = $1';

/** How many failures within how long lock for how long, in seconds. */
export interface GuardRule {
  failuresMax: number;
  windowSeconds: number;
  lockSeconds: number;
}

/** Until when sign-ins of this key are refused, or undefined. */
export async function lockedUntil(database: Database, key: string, now: Date): Promise<Date | undefined> {
  const [guard] = await database.withoutAccount.read({ presented: key }, (tx) =>
    rows<GuardRow>(tx, find, [key]),
  );
  const until = guard?.locked_until;
  return until != null && until > now.getTime() ? new Date(until) : undefined;
}

/** Counts a failed sign-in; the last allowed one locks. */
export async function noteFailure(
  database: Database,
  key: string,
  rule: GuardRule,
  now: Date,
): Promise<void> {
  const { failuresMax, windowSeconds, lockSeconds } = rule;
  const values = [key, now.toISOString(), windowSeconds, failuresMax, lockSeconds];
  await database.withoutAccount.write({ presented: key }, (tx) => rows(tx, fail, values));
}

/** Forgets the failures of a key after a success. */
export async function clearFailures(database: Database, key: string): Promise<void> {
  await database.withoutAccount.write({ presented: key }, (tx) => rows(tx, clear, [key]));
}
