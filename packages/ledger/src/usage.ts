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

/**
 * The entries of one hold are one charge: a correction belongs to who made the charge, and one that was trued up is
 * estimated no more. Where only a correction falls into the time, it stands by itself.
 */
export const sumUsage = statement(
  'sum_usage',
  `with asked as materialized (
  select $1::text as by, $2::jsonb as sites, $3::text as operation, $4::uuid as site_id, $5::text as actor),
charge as (
  select by, operation, site_id,
    case by when 'day' then to_char(at at time zone 'UTC', 'YYYY-MM-DD') end as day,
    coalesce(min(actor) filter (where kind = 'settle'), min(actor)) as actor,
    min(coalesce(facts->>'source', facts->'usage'->>'source')) = 'estimated' and not bool_or(kind = 'true_up')
      as is_estimated,
    sum(case to_book when 'spent' then amount else -amount end) as spent,
    coalesce(bool_or(kind = 'settle'), false) as is_charged
  from (
    select by, coalesce(hold_id, id) as id, at, kind, to_book, amount, ledger_entry.operation, ledger_entry.site_id,
      ledger_entry.actor, facts
    from ledger_entry, asked
    where account_id = $6 and at >= to_timestamp($7::float8) and at < to_timestamp($8::float8)
      and (to_book = 'spent' or from_book = 'spent')
      and (sites is null or sites @> to_jsonb(ledger_entry.site_id::text))
      and (asked.operation is null or ledger_entry.operation = asked.operation)
      and (asked.site_id is null or ledger_entry.site_id = asked.site_id)) entry
  group by id, by, operation, site_id, day),
grouped as (
  select case by when 'day' then day when 'operation' then charge.operation when 'site' then charge.site_id::text
      when 'key' then case when charge.actor like 'api_key:%' then substr(charge.actor, 9) end end as "group",
    spent, coalesce(is_estimated, false) as is_estimated, is_charged
  from charge where charge.actor = coalesce((select actor from asked), charge.actor))
select "group", sum(spent)::float8 as spent,
  coalesce(sum(spent) filter (where not is_estimated), 0)::float8 as reported,
  coalesce(sum(spent) filter (where is_estimated), 0)::float8 as estimated,
  count(*) filter (where is_charged)::float8 as charges
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
