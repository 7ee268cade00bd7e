import { rows } from '../sql.ts';
import type { Transaction } from '../transaction.ts';

/** How many e-mails within how many seconds. */
export interface EmailBound {
  emailsMax: number;
  windowSeconds: number;
}

const present = "select enter_account('', '', $1, false)";

/**
 * Times within the window stay, and the new one is added; the row is not written when there are too many. A time that is
 * a whole window later counts for itself: the e-mails of a clock that is moved are counted in any order.
 */
const take = `insert into email_bound as bound (bound_key, sent_at) values ($1, array[$2::timestamptz])
on conflict (bound_key) do update set sent_at =
  array(select at from unnest(bound.sent_at) as at where at > $2::timestamptz - make_interval(secs => $3)) || $2::timestamptz
where (select count(*) from unnest(bound.sent_at) as at where at > $2::timestamptz - make_interval(secs => $3)
  and at < $2::timestamptz + make_interval(secs => $3)) < $4
returning bound_key`;

const oldest = `select (extract(epoch from min(at)) * 1000)::float8 as at from email_bound, unnest(sent_at) as at
where bound_key = $1 and at > $2::timestamptz - make_interval(secs => $3) and at < $2::timestamptz + make_interval(secs => $3)`;

/**
 * Counts one more e-mail under a key at `now`, or answers from when on one more may be sent. Calls under one key wait
 * for each other until their transactions end. The transaction presents the key from here on.
 */
export async function takeEmailAllowance(
  tx: Transaction,
  key: string,
  { emailsMax, windowSeconds }: EmailBound,
  now: Date,
): Promise<Date | undefined> {
  const at = now.toISOString();
  await rows(tx, present, [key]);
  const taken = await rows(tx, take, [key, at, windowSeconds, emailsMax]);
  if (taken.length === 1) return undefined;
  const [first] = await rows<{ at: number }>(tx, oldest, [key, at, windowSeconds]);
  return new Date((first?.at ?? now.getTime()) + windowSeconds * 1000);
}
