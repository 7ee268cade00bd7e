import type { AccountOrder, SoughtStanding } from '@tenantry/domain/account/list';
import type { SearchTerms } from '@tenantry/domain/search/terms';
import type { PaymentMethod, Standing } from '@tenantry/domain/standing';
import { type Page, type PageInput, idOfCursor, pageOf } from '../page.ts';
import { findNamed, isNamed, prefixPattern, wordQuery } from '../search/queries.ts';
import { rfc3339, rows } from '../sql.ts';
import type { Transaction } from '../transaction.ts';
import {
  type StandingRow,
  accountsWithPlans,
  boundsOf,
  mayHaveLongerGrace,
  planFacts,
  standingAt,
  standingColumns,
  standingOf,
} from './standing.ts';

/** An account as staff find it in a list. */
export interface AccountRow extends Pick<StandingRow, 'status' | 'subscriptionStatus'> {
  id: string;
  name: string;
  externalId: string | null;
  planSlug: string;
  standing: Standing;
  paymentMethod: PaymentMethod;
  creditsAvailable: number;
  sandbox: boolean;
  createdAt: string;
}

/** Which accounts a list has, and in which order. A condition that is left out is none. */
export interface AccountFilter extends PageInput {
  terms?: SearchTerms | undefined;
  standing?: SoughtStanding | undefined;
  planSlug?: string | undefined;
  paymentMethod?: PaymentMethod | undefined;
  sandbox?: boolean | undefined;
  lowCredit?: boolean | undefined;
  sort: AccountOrder;
}

const columns = `account.id, account.name, account.external_id as "externalId", plan.slug as "planSlug",
subscription.payment_method as "paymentMethod", account.sandbox,
(select available::float8 from credit_balance where account_id = account.id) as "creditsAvailable",
${rfc3339('account.created_at')} as "createdAt", ${standingColumns}`;

// The planner takes an equation of a computed text for rare, and a case for as likely as not: many accounts are in good
// standing. $1 is the account of the cursor, $2 now, $3 the standing, $4 the method, $5 sandbox, $6 low credit; $7 the plans of which
// one runs; $8 to $11 bound a standing by what indexes know; $12 are accounts that a text names, $13 and $14 its name.
const conditions = `($3::text is null or case when (${standingAt('$2')}) = $3 then true else false end)
and ($4::text is null or subscription.payment_method = $4)
and ($5::boolean is null or account.sandbox = $5)
and ($6::boolean is null or $6 = exists (select from low_credit_account low where low.account_id = account.id))
and ($7::uuid[] is null or (subscription.plan_ids && $7 and plan.id = any($7)))
and ($8::text[] is null or account.status = any($8)) and ($9::text[] is null or subscription.status = any($9))
and ($10::timestamptz is null or subscription.ends_at > $10 or ${mayHaveLongerGrace})
and ($11::timestamptz is null or subscription.ends_at <= $11)
and ($12::uuid[] is null or account.id = any($12) or ${isNamed('$13', '$14')})`;

const list = `select ${columns} ${accountsWithPlans('$2')} where ${conditions}`;
const nameOfLast = '(select lower(last.name) collate "C" from account last where last.id = $1)';

/** One constant text for each order. A page continues after the account of the cursor. */
const lists: Readonly<Record<AccountOrder, string>> = {
  newest: `${list} and ($1::uuid is null or account.id < $1) order by account.id desc limit $15`,
  oldest: `${list} and ($1::uuid is null or account.id > $1) order by account.id limit $15`,
  name: `${list} and ($1::uuid is null or (lower(account.name) collate "C", account.id) > (${nameOfLast}, $1::uuid))
    order by lower(account.name) collate "C", account.id limit $15`,
};

/** How many accounts that a text names by an id, an address or a number are looked at. */
const namedMax = 200;

/** The accounts of the operator that a filter leaves, with their plans and standings at `now`; for staff only. */
export async function searchAccounts(
  tx: Transaction,
  filter: AccountFilter,
  now: Date,
): Promise<Page<AccountRow>> {
  const { terms, limit, cursor } = filter;
  const plans = await planFacts(tx);
  const bounds = boundsOf(filter.standing, now, plans);
  const ofPlan = plans.filter(
    ({ id, slug }) =>
      (filter.planSlug === undefined || slug === filter.planSlug) && (bounds.planIds?.includes(id) ?? true),
  );
  const isAnyPlan = filter.planSlug === undefined && bounds.planIds === undefined;
  const named = terms === undefined ? undefined : await findNamed(tx, terms, namedMax);
  const found = await rows<Omit<AccountRow, 'standing'> & StandingRow>(tx, lists[filter.sort], [
    cursor === undefined ? null : idOfCursor(cursor),
    now.toISOString(),
    filter.standing ?? null,
    filter.paymentMethod ?? null,
    filter.sandbox ?? null,
    filter.lowCredit ?? null,
    isAnyPlan ? null : ofPlan.map(({ id }) => id),
    bounds.accountStatuses ?? null,
    bounds.statuses ?? null,
    bounds.endsAfter?.toISOString() ?? null,
    bounds.endsBy?.toISOString() ?? null,
    named?.map(({ accountId }) => accountId) ?? null,
    prefixPattern(terms?.name),
    terms === undefined ? null : wordQuery(terms),
    limit + 1,
  ]);
  return pageOf(
    found.map((row) => viewOf(row, now)),
    limit,
    ({ id }) => id,
  );
}

function viewOf(row: Omit<AccountRow, 'standing'> & StandingRow, now: Date): AccountRow {
  const {
    ahead: _ahead,
    paidThrough: _end,
    reviewUntil: _review,
    planState: _state,
    graceDays: _days,
    ...view
  } = row;
  return { ...view, standing: standingOf(row, now) };
}
