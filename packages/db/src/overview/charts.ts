import type { PaymentMethod } from '@tenantry/domain/standing';
import { rfc3339, rows } from '../sql.ts';
import type { Transaction } from '../transaction.ts';

/** What the worker counts for the overview. */
export type Measurement = 'credits' | 'revenue' | 'low_credit';

const measured = `select ${rfc3339('at')} as at from overview_measurement where name = $1`;

/** Up to when something was counted last; null before it was counted first. */
export async function measuredAt(tx: Transaction, name: Measurement): Promise<string | null> {
  const [row] = await rows<{ at: string }>(tx, measured, [name]);
  return row?.at ?? null;
}

/** What all accounts did on a UTC day. Sandboxes are left out. */
export interface DayOfActivity {
  day: string;
  granted: number;
  spent: number;
  expired: number;
  signUps: number;
}

const activity = `select to_char(day, 'YYYY-MM-DD') as day, coalesce(granted, 0)::float8 as granted, coalesce(spent, 0)::float8 as spent,
  coalesce(expired, 0)::float8 as expired, coalesce(made, 0)::int as "signUps"
from generate_series($1::date, $2::date, interval '1 day') as asked (moment) cross join lateral (select moment::date as day) date
left join daily_credit using (day)
left join (select (created_at at time zone 'utc')::date as day, count(*) as made from account
  where not sandbox and created_at >= $1::date::timestamp at time zone 'utc' and created_at < ($2::date + 1)::timestamp at time zone 'utc'
  group by 1) registered using (day)
order by day`;

/** The days from one to another, both included, each with a row. */
export function listActivity(tx: Transaction, from: string, to: string): Promise<DayOfActivity[]> {
  return rows<DayOfActivity>(tx, activity, [from, to]);
}

/** Money of a UTC day in one currency by one method, in minor units. Sandboxes are left out. */
export interface DayOfRevenue {
  day: string;
  method: PaymentMethod;
  currency: string;
  received: number;
  sentBack: number;
}

const revenue = `select to_char(day, 'YYYY-MM-DD') as day, method, currency, received::float8 as received, sent_back::float8 as "sentBack"
from daily_revenue where day between $1::date and $2::date order by day, method, currency`;

/** The days with money, from one to another, both included. */
export function listRevenue(tx: Transaction, from: string, to: string): Promise<DayOfRevenue[]> {
  return rows<DayOfRevenue>(tx, revenue, [from, to]);
}
