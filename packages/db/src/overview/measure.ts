import { rows } from '../sql.ts';
import type { Transaction } from '../transaction.ts';
import { type Measurement, measuredAt } from './charts.ts';

const setMeasured = `insert into overview_measurement (name, at) values ($1, $2::timestamptz)
on conflict (name) do update set at = excluded.at`;

/** Writes up to when something is counted. */
export async function setMeasuredAt(tx: Transaction, name: Measurement, at: Date): Promise<void> {
  await rows(tx, setMeasured, [name, at.toISOString()]);
}

/** Lets one transaction count at a time: two that count the same entries would count them twice. */
export async function lockMeasurements(tx: Transaction): Promise<void> {
  await rows(tx, "select pg_advisory_xact_lock(hashtext('overview_measurement'))");
}

/** How many accounts, and how many entries of each, one fold takes at most. */
const accountsMax = 500;
const entriesMax = 2000;

const netOf = (book: string) =>
  `sum(case when to_book = '${book}' then amount when from_book = '${book}' then -amount else 0 end)`;

/** The entries of all accounts that no day has yet, added to their days, each once: an account's entries are numbered. */
const foldEntries = `with behind as (
  select balance.account_id, coalesce(fold.sequence, 0) as after, account.sandbox,
    least(balance.sequence, coalesce(fold.sequence, 0) + ${entriesMax}) as upto
  from credit_balance balance join account on account.id = balance.account_id
  left join credit_fold fold on fold.account_id = balance.account_id
  where balance.sequence > coalesce(fold.sequence, 0) limit ${accountsMax}),
days as (
  select (entry.at at time zone 'utc')::date as day, -(${netOf('granted')}) as granted, ${netOf('spent')} as spent,
    ${netOf('expired')} as expired
  from behind join ledger_entry entry on entry.account_id = behind.account_id
    and entry.sequence > behind.after and entry.sequence <= behind.upto
  where not behind.sandbox group by 1),
added as (
  insert into daily_credit (day, granted, spent, expired) select day, granted, spent, expired from days
  on conflict (day) do update set granted = daily_credit.granted + excluded.granted,
    spent = daily_credit.spent + excluded.spent, expired = daily_credit.expired + excluded.expired)
insert into credit_fold (account_id, sequence) select account_id, upto from behind
on conflict (account_id) do update set sequence = excluded.sequence returning account_id`;

/** Adds entries that no day has yet to their days. Answers of how many accounts; 0 when every entry has its day. */
export async function foldCredits(tx: Transaction): Promise<number> {
  return (await rows(tx, foldEntries)).length;
}

/** A transaction that was open at the last count may have written since; none is open for this long. */
const overlapSeconds = 600;

const daysWithMoney = `select distinct to_char(at at time zone 'utc', 'YYYY-MM-DD') as day from money_entry
where $1::timestamptz is null or recorded_at > $1::timestamptz - interval '${overlapSeconds} seconds' order by day`;

/** The days whose money has changed since the last count, or all days with money at the first. */
export async function changedDays(tx: Transaction): Promise<string[]> {
  const days = await rows<{ day: string }>(tx, daysWithMoney, [await measuredAt(tx, 'revenue')]);
  return days.map(({ day }) => day);
}

const sumDay = `insert into daily_revenue (day, method, currency, received, sent_back)
select $1::date, payment.method, entry.currency, coalesce(sum(entry.amount) filter (where entry.from_book = 'received'), 0),
  coalesce(sum(entry.amount) filter (where entry.to_book in ('refunded', 'returned')), 0)
from money_entry entry
join payment on payment.account_id = entry.account_id and payment.id = entry.payment_id
join account on account.id = entry.account_id and not account.sandbox
where entry.at >= $1::date::timestamp at time zone 'utc' and entry.at < ($1::date + 1)::timestamp at time zone 'utc'
  and (entry.from_book = 'received' or entry.to_book in ('refunded', 'returned'))
group by 2, 3
on conflict (day, method, currency) do update set received = excluded.received, sent_back = excluded.sent_back`;

/** Sums the money of a UTC day anew, from all of its entries. */
export async function sumRevenue(tx: Transaction, day: string): Promise<void> {
  await rows(tx, sumDay, [day]);
}

/** An account in use has few credits when it has less than this part of what its plan brings each month. */
const lowPart = 10;

/** Accounts in use with few credits: those that are new to the list are added, the others taken off it. */
const watchLow = `with low as (
  select account.id as account_id from account
  join credit_balance balance on balance.account_id = account.id
  join subscription on subscription.account_id = account.id
  join plan on plan.id = subscription.plan_id
  where account.status = 'active' and not account.sandbox and plan.state <> 'withdrawn'
    and subscription.status in ('trialing', 'active', 'past_due', 'cancelled')
    and subscription.ends_at + case when subscription.status in ('active', 'past_due')
      then make_interval(hours => 24 * plan.grace_days) else interval '0' end > $1::timestamptz
    and balance.available * ${lowPart} < plan.included_credits),
recovered as (delete from low_credit_account where account_id not in (select account_id from low))
insert into low_credit_account (account_id, since) select account_id, $1::timestamptz from low
on conflict (account_id) do nothing`;

/** Finds the accounts with few credits at a time of real time. */
export async function watchLowCredit(tx: Transaction, now: Date): Promise<void> {
  await rows(tx, watchLow, [now.toISOString()]);
}
