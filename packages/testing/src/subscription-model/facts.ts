import type { SubscriptionStatus } from '@tenantry/domain/standing';
import type { TestDatabase } from '../database.ts';

/** A plan version as it was sold. */
interface FactPlan {
  id: string;
  slug: string;
  price: number;
  months: number;
  credits: number;
  graceDays: number;
}

/** Everything that is stored of an account's subscription and money, read past every rule. Times are in milliseconds. */
export interface Facts {
  status: SubscriptionStatus;
  planId: string;
  periodStart: number;
  periodEnd: number;
  /** Until when grace lasts at least, while a payment waits for staff. */
  reviewUntil: number | null;
  plans: FactPlan[];
  periods: {
    id: string;
    planId: string;
    anchorAt: number;
    startsAt: number;
    endsAt: number;
    months: number;
    creditsLess: number;
  }[];
  grants: { kind: string; reference: string; amount: number; left: number; expired: number }[];
  invoices: {
    id: string;
    kind: 'subscription' | 'upgrade' | 'package';
    status: string;
    amount: number;
    amountPaid: number;
    planId: string | null;
    creditedMonths: number;
  }[];
  received: number;
  balance: number;
  steps: number;
}

const milliseconds = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`;
const listOf = (json: string, rest: string) =>
  `(select coalesce(json_agg(json_build_object(${json})), '[]') from ${rest})`;

const factsSql = `select status, plan_id as "planId", ${milliseconds('period_start')} as "periodStart",
  ${milliseconds('period_end')} as "periodEnd", ${milliseconds('review_until')} as "reviewUntil",
  ${listOf(
    `'id', id, 'slug', slug, 'price', price_amount, 'months', case cycle when 'annual' then 12 else 1 end,
    'credits', included_credits, 'graceDays', grace_days`,
    `plan where id in (select plan_id from subscription where account_id = $1
      union select plan_id from subscription_period where account_id = $1
      union select plan_id from invoice where account_id = $1)`,
  )} as plans,
  ${listOf(
    `'id', id, 'planId', plan_id, 'anchorAt', ${milliseconds('anchor_at')}, 'startsAt', ${milliseconds('starts_at')},
    'endsAt', ${milliseconds('ends_at')}, 'months', months, 'creditsLess', credits_less`,
    '(select * from subscription_period where account_id = $1 order by starts_at, ends_at, id) period',
  )} as periods,
  ${listOf(
    `'kind', kind, 'reference', reference, 'amount', amount, 'left', available + held, 'expired',
    (select coalesce(sum(amount), 0) from ledger_entry entry where entry.account_id = $1 and entry.grant_id = granted.id
      and to_book = 'expired')`,
    '(select * from credit_grant where account_id = $1) granted',
  )} as grants,
  ${listOf(
    `'id', invoice.id, 'kind', kind, 'status', status, 'amount', invoice.amount, 'amountPaid', amount_paid, 'planId', plan_id,
    'creditedMonths', coalesce(months, 0)`,
    `invoice left join upgrade_credit credit on credit.account_id = invoice.account_id and credit.invoice_id = invoice.id
      where invoice.account_id = $1`,
  )} as invoices,
  (select coalesce(sum(amount - refunded_amount), 0)::float8 from payment
    where account_id = $1 and status in ('succeeded', 'refunded')) as received,
  (select coalesce(sum(case when to_book = 'balance' then amount else -amount end), 0)::float8 from money_entry
    where account_id = $1) as balance,
  (select count(*)::int from subscription_event where account_id = $1) as steps
  from subscription where account_id = $1`;

/** What is stored of an account. */
export async function readFacts(database: TestDatabase, accountId: string): Promise<Facts> {
  const [row] = await database.query(factsSql, [accountId]);
  if (row === undefined) throw new Error('The account has no subscription.');
  return factsOf(row);
}

// The select list above names every field of `Facts`.
function factsOf(row: unknown): Facts {
  return row as Facts;
}
