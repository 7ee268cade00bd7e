import { currentPrices, priceColumns } from '@tenantry/db/operation/statements';
import { statement } from '@tenantry/db/sql';

/**
 * The constant SQL that the ledger reads with. Every statement names the account by a parameter, besides the row
 * security of the tables.
 */

const milliseconds = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`;

/** Says which account the transaction is for; row security reads nothing else. */
export const enterAccount = statement('enter_account', "select enter_account($1, '', '', false)");

const balanceColumns = `granted, available, held, spent, expired, sequence, head_hash, low_balance_alerts,
  ${milliseconds('next_grant_at')} as next_grant_at`;
export const lockBalance = statement(
  'lock_balance',
  `select ${balanceColumns} from credit_balance where account_id = $1 for no key update`,
);
/** Answers no row while another transaction holds the lock: that one brings the books up to now itself. */
export const tryLockBalance = statement('try_lock_balance', `${lockBalance.text} skip locked`);

const grantJson = `json_build_object('id', id, 'kind', kind, 'available', available, 'held', held,
  'expiresAt', ${milliseconds('expires_at')})`;
const holdJson = `json_build_object('id', id, 'amount', amount, 'status', status, 'settledAmount', settled_amount,
  'isEstimated', estimated, 'operation', operation,
  'priceVersion', case when operation is not null then price_version end, 'siteId', site_id, 'keyId', key_id,
  'limitGroupId', limit_group_id, 'metadata', metadata, 'backings', backings, 'expiresAt', ${milliseconds('expires_at')},
  'createdAt', ${milliseconds('created_at')}, 'resolvedAt', ${milliseconds('resolved_at')})`;
const limitJson = `json_build_object('id', id, 'subject', case when site_id is null then 'key' else 'site' end,
  'creditsPerDayMax', credits_per_day_max, 'day', day, 'used', used)`;
const periodJson = `json_build_object('id', paid.id, 'anchorAt', ${milliseconds('paid.anchor_at')}, 'startsAt', ${milliseconds('starts_at')},
  'endsAt', ${milliseconds('ends_at')}, 'months', months, 'creditsLess', credits_less, 'includedCredits', included_credits,
  'rolloverMax', rollover_credits_max, 'graceDays', grace_days) order by starts_at, paid.id`;
/** The limits, and what sites and keys without one have spent since yesterday: a clock may be behind at midnight. */
const countedLimits = `credit_limit where account_id = $1
    and (credits_per_day_max is not null or day >= ($2::timestamptz at time zone 'UTC')::date - 1)`;
const listOf = (json: string, rest: string) => `(select coalesce(json_agg(${json}), '[]') from ${rest})`;

/**
 * What is left of the grants, at most 1,000 holds whose time is over, the limits, the paid periods when a month of one
 * is due, with the period before it, and when a cancelled plan ends. Read behind the lock, in a statement of its own.
 * Parameters: account, now.
 */
export const loadState = statement(
  'load_state',
  `select ${listOf(grantJson, 'credit_grant where account_id = $1 and (available > 0 or held > 0)')} as grants,
  ${listOf(
    holdJson,
    `(select * from credit_hold where account_id = $1 and status = 'open' and expires_at <= $2 order by expires_at, id limit 1000) overdue`,
  )} as overdue,
  ${listOf(limitJson, countedLimits)} as limits,
  ${listOf(
    periodJson,
    `subscription_period paid join plan on plan.id = paid.plan_id where paid.account_id = $1
    and ends_at >= (select next_grant_at from credit_balance where account_id = $1 and next_grant_at <= $2)
    and exists (select from subscription where account_id = $1 and status in ('active', 'past_due', 'cancelled'))`,
  )} as periods,
  (select ${milliseconds(`greatest(period_end, (select max(ends_at) from subscription_period paid
    where paid.account_id = $1 and paid.starts_at > period_start))`)}
    from subscription where account_id = $1 and status = 'cancelled') as "planCreditsEndAt"`,
);
/** Balance and state in one snapshot, for a read without the lock. Parameters: account, now. */
export const readBooks = statement(
  'read_books',
  `select ${balanceColumns}, state.* from (${loadState.text}) state, credit_balance where account_id = $1`,
);
export const loadHolds = statement(
  'load_holds',
  `select ${listOf(holdJson, 'credit_hold where account_id = $1 and id = any ($2::uuid[])')} as holds`,
);
/** The prices of operations as they are now, and those that holds were quoted. Parameters: account, operations, holds. */
export const loadPrices = statement(
  'load_prices',
  `select ${priceColumns}, true as "isCurrent" from ${currentPrices} and price.name = any ($2::text[])
  union all select ${priceColumns}, false from credit_hold hold join operation_price price
    on price.name = hold.operation and price.price_version = hold.price_version
    where hold.account_id = $1 and hold.id = any ($3::uuid[])`,
);
/** Plan grants that have nothing left and have not ended. Parameters: account, now. */
export const loadSpentPlanGrants = statement(
  'load_spent_plan_grants',
  `select ${listOf(
    grantJson,
    `credit_grant where account_id = $1 and kind = 'plan' and available = 0 and held = 0
    and (expires_at is null or expires_at > $2)`,
  )} as grants`,
);

// Each grant is looked up by its key: the plan of a join could read all the grants of an account.
const chargeColumns = `entry.id, entry.kind, entry.to_book as "to", entry.amount::float8 as amount, entry.hold_id as "holdId",
  entry.operation, entry.site_id as "siteId", entry.facts,
  (select coalesce(json_agg(json_build_object('kind', back.kind, 'amount', back.amount)), '[]') from ledger_entry back
    where back.account_id = $1 and back.reverses_id = entry.id) as returns,
  (select coalesce(json_agg(${grantJson}), '[]') from jsonb_array_elements(entry.facts->'grants') part,
    lateral (select * from credit_grant where account_id = $1 and id = (part->>'grantId')::uuid offset 0) named) as grants`;
/** The estimated charges of holds, in order, by the index of migration 10 that holds no other entry. */
export const loadCharges = statement(
  'load_charges',
  `select ${chargeColumns} from ledger_entry entry where entry.account_id = $1 and entry.hold_id = any ($2::uuid[])
    and entry.kind = 'settle' and coalesce(entry.facts->>'source', entry.facts->'usage'->>'source') = 'estimated'
    order by entry.sequence`,
);
/** Entries by their ids. */
export const loadEntries = statement(
  'load_entries',
  `select ${chargeColumns} from ledger_entry entry where entry.account_id = $1 and entry.id = any ($2::uuid[])`,
);

/** The groups in which keys share their limits. Parameters: account, keys. */
export const loadLimitGroups = statement(
  'load_limit_groups',
  'select id, coalesce(root_id, id) as "limitGroupId" from api_key where account_id = $1 and id = any ($2::uuid[])',
);
