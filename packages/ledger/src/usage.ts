import type { UsageDimension, UsageRange } from '@tenantry/domain/usage/range';
import { type Page, type PageInput, pageOf, placeOf } from '@tenantry/db/page';
import { rows, statement } from '@tenantry/db/sql';
import type { AccountTransaction } from '@tenantry/db/transaction';

/** What usage is asked for: summed by what, over which time, and of what alone. */
export interface UsageQuestion extends UsageRange, PageInput {
  by: UsageDimension;
  operation?: string | undefined;
  siteId?: string | undefined;
  keyId?: string | undefined;
}

/** What was spent in one group, in credits; `reported` and `estimated` are its two parts. */
export interface Usage {
  /** A UTC day such as 2026-02-28, an operation, or the id of a site or key; null for what has none. */
  group: string | null;
  spent: number;
  reported: number;
  estimated: number;
  charges: number;
}

/** Whether a settle was charged by an estimate, as the index of migration 10 says it. */
const isEstimate = `kind = 'settle' and coalesce(facts->>'source', facts->'usage'->>'source') = 'estimated'`;

/** The estimated charges of a hold, looked up by their index. */
const estimates = (select: string) =>
  `(select ${select} from ledger_entry estimate where estimate.account_id = $6 and estimate.hold_id = one.hold_id
    and ${isEstimate})`;

/** What a row of a table with a time must be to count. */
const isAsked = (table: string, at: string) => `${table}.account_id = $6
      and ${at} >= to_timestamp($7::float8) and ${at} < to_timestamp($8::float8)
      and (sites is null or sites @> to_jsonb(${table}.site_id::text))
      and (asked.operation is null or ${table}.operation = asked.operation)
      and (asked.site_id is null or ${table}.site_id = asked.site_id)`;

/**
 * Everything adds up from parts, each with its own time, so that any split of a range has the sum of the range: an entry
 * that charged or gave back, and the moment at which an estimate was replaced. The parts of one hold are one charge. A
 * correction belongs to whoever made the charge. What is given back of an estimate that nobody has replaced is
 * estimated too; of one that was replaced it is not, since nobody replaces an estimate of which some was given back.
 */
export const sumUsage = statement(
  'sum_usage',
  `with asked as materialized (
  select $1::text as by, $2::jsonb as sites, $3::text as operation, $4::uuid as site_id, $5::text as actor),
part as (
  select coalesce(one.hold_id, one.id) as id, one.at, one.operation, one.site_id,
    case one.to_book when 'spent' then one.amount else -one.amount end as spent,
    case one.kind when 'settle' then case when one.is_estimate then one.amount else 0 end
      when 'reversal' then case when charge.is_estimate and not charge.is_replaced then -one.amount else 0 end
      else 0 end as estimated,
    case one.kind when 'settle' then one.actor
      else coalesce(${estimates('min(actor)')}, charge.actor, one.actor) end as actor,
    one.kind = 'settle' as is_charged
  from (select ledger_entry.*, ${isEstimate} as is_estimate from ledger_entry, asked
    where (to_book = 'spent' or from_book = 'spent') and ${isAsked('ledger_entry', 'at')}) one
  left join lateral (select actor, ${isEstimate} as is_estimate,
      exists (select from credit_hold where account_id = $6 and id = one.hold_id and trued_up_at is not null) as is_replaced
    from ledger_entry where account_id = $6 and id = one.reverses_id offset 0) charge on one.reverses_id is not null
  union all
  select one.hold_id, one.at, one.operation, one.site_id, 0, -coalesce(${estimates('sum(amount)')}, 0),
    ${estimates('min(actor)')}, false
  from (select id as hold_id, trued_up_at as at, credit_hold.operation, credit_hold.site_id from credit_hold, asked
    where ${isAsked('credit_hold', 'trued_up_at')}) one),
grouped as (
  select case by when 'day' then to_char(at at time zone 'UTC', 'YYYY-MM-DD') when 'operation' then part.operation
      when 'site' then part.site_id::text
      when 'key' then case when part.actor like 'api_key:%' then substr(part.actor, 9) end end as "group",
    id, spent, estimated, is_charged
  from part, asked where asked.actor is null or part.actor = asked.actor)
select "group", sum(spent)::float8 as spent, (sum(spent) - sum(estimated))::float8 as reported,
  sum(estimated)::float8 as estimated, (count(distinct id) filter (where is_charged))::float8 as charges
from grouped group by "group"
order by case (select by from asked) when 'day' then "group" end desc, sum(spent) desc, "group" nulls last
limit $9 offset $10`,
);

/** The values of `sumUsage`, in its order. */
export function usageValues(
  { accountId, sites }: Pick<AccountTransaction, 'accountId' | 'sites'>,
  { by, operation, siteId, keyId, from, to, limit, cursor }: UsageQuestion,
): unknown[] {
  const seen = sites === undefined ? null : JSON.stringify(sites);
  const actor = keyId === undefined ? null : `api_key:${keyId.toLowerCase()}`;
  const [since, until] = [from, to].map((moment) => moment.getTime() / 1000);
  const filters = [seen, operation ?? null, siteId ?? null, actor];
  return [by, ...filters, accountId, since, until, limit + 1, placeOf(cursor)];
}

/**
 * Sums what an account spent: days newest first, all else by the largest spend. A cursor is a place in the list as it
 * then stands. An actor who is limited to sites sees theirs alone.
 */
export async function listUsage(tx: AccountTransaction, question: UsageQuestion): Promise<Page<Usage>> {
  const found = await rows<Usage>(tx, sumUsage, usageValues(tx, question));
  const place = placeOf(question.cursor) + question.limit;
  return pageOf(found, question.limit, () => String(place));
}
