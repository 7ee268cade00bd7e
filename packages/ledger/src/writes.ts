import { type Statement, statement } from '@tenantry/db/sql';

/**
 * What a change writes, one statement for each kind of row. Each takes the account, a JSON list of the rows, and how
 * many it must reach: one that misses a row fails, and its transaction with it. A statement for rows that there are
 * already takes their ids as well, so that it looks each of them up by its key. What a change has nothing of is not sent.
 */
export interface RowWrite extends Statement {
  /** Whether the fourth parameter is the list of the rows' ids. */
  readonly isById: boolean;
}

const write = (name: string, verb: string, isById = false): RowWrite => ({
  ...statement(
    name,
    `with written as (${verb} returning 1)
select 1 / (case when (select count(*) from written) = $3::bigint then 1 else 0 end) as complete`,
  ),
  isById,
});

/** The rows of the list among those of the account. */
const listed = 't.account_id = $1 and t.id = one.id and t.id = any ($4::uuid[])';

const newGrants = `insert into credit_grant (account_id, id, kind, amount, available, held, expires_at, reference, created_at)
  select $1::uuid, one.id, one.kind, one.amount, one.available, one.held, one."expiresAt", one.reference, one."createdAt"
  from jsonb_to_recordset($2::jsonb) as one(id uuid, kind text, amount bigint, available bigint, held bigint,
    "expiresAt" timestamptz, reference text, "createdAt" timestamptz)`;

const grants = `update credit_grant t set available = one.available, held = one.held, expires_at = one."expiresAt"
  from jsonb_to_recordset($2::jsonb) as one(id uuid, available bigint, held bigint, "expiresAt" timestamptz) where ${listed}`;

const newHolds = `insert into credit_hold (account_id, id, amount, status, operation, price_version, site_id, key_id, limit_group_id, metadata, expires_at, created_at,
    backings, settled_amount, estimated, resolved_at, trued_up_at)
  select $1::uuid, one.id, one.amount, one.status, one.operation, one."priceVersion", one."siteId", one."keyId", one."limitGroupId", one.metadata,
    one."expiresAt", one."createdAt", one.backings, one."settledAmount", coalesce(one."isEstimated", false), one."resolvedAt",
    one."truedUpAt"
  from jsonb_to_recordset($2::jsonb) as one(id uuid, amount bigint, status text, operation text, "priceVersion" int, "siteId" uuid, "keyId" uuid,
    "limitGroupId" uuid, metadata jsonb, "expiresAt" timestamptz, "createdAt" timestamptz, backings jsonb, "settledAmount" bigint,
    "isEstimated" boolean, "resolvedAt" timestamptz, "truedUpAt" timestamptz)`;

const extended = `update credit_hold t set expires_at = one."expiresAt"
  from jsonb_to_recordset($2::jsonb) as one(id uuid, "expiresAt" timestamptz) where ${listed} and t.status = 'open'`;

const resolved = `update credit_hold t set status = one.status, settled_amount = one."settledAmount", estimated = one."isEstimated",
    resolved_at = coalesce(t.resolved_at, one."resolvedAt"), trued_up_at = coalesce(t.trued_up_at, one."truedUpAt")
  from jsonb_to_recordset($2::jsonb) as one(id uuid, status text, "settledAmount" bigint, "isEstimated" boolean, before text,
    "resolvedAt" timestamptz, "truedUpAt" timestamptz) where ${listed} and t.status = one.before and t.estimated = (one.before = 'settled')`;

const entries = `insert into ledger_entry (account_id, id, sequence, at, kind, from_book, to_book, amount, available_after, hold_id,
    grant_id, operation, site_id, actor, request_id, facts, hash)
  select $1::uuid, one.id, one.sequence, one.at, one.kind, one."from", one."to", one.amount, one."availableAfter",
    one."holdId", one."grantId", one.operation, one."siteId", one.actor, one."requestId", one.facts, one.hash
  from jsonb_to_recordset($2::jsonb) as one(id uuid, sequence bigint, at timestamptz, kind text, "from" text, "to" text,
    amount bigint, "availableAfter" bigint, "holdId" uuid, "grantId" uuid, operation text, "siteId" uuid, actor text,
    "requestId" text, facts jsonb, hash text)`;

// A limit of an earlier day is not read with the books, and its row is there all the same.
const newLimits = `insert into credit_limit (account_id, id, site_id, key_id, credits_per_day_max, day, used)
  select $1::uuid, one.id, case one.subject when 'site' then one.id end, case one.subject when 'key' then one.id end,
    one."creditsPerDayMax", one.day, one.used
  from jsonb_to_recordset($2::jsonb) as one(id uuid, subject text, "creditsPerDayMax" bigint, day date, used bigint)
  on conflict (account_id, id) do update set credits_per_day_max = excluded.credits_per_day_max, day = excluded.day,
    used = excluded.used`;

const limits = `update credit_limit t set credits_per_day_max = one."creditsPerDayMax", day = one.day, used = one.used
  from jsonb_to_recordset($2::jsonb) as one(id uuid, "creditsPerDayMax" bigint, day date, used bigint) where ${listed}`;

const messages = `insert into outbox_message (account_id, id, at, topic, payload)
  select $1::uuid, one.id, one.at, one.topic, one.payload
  from jsonb_to_recordset($2::jsonb) as one(id uuid, at timestamptz, topic text, payload jsonb)`;

const balance = `update credit_balance t set granted = one.granted, available = one.available, held = one.held, spent = one.spent,
    expired = one.expired, sequence = one.sequence, head_hash = one."headHash", next_grant_at = one."nextGrantAt",
    low_balance_alerts = one.alerts
  from jsonb_to_recordset($2::jsonb) as one(granted bigint, available bigint, held bigint, spent bigint, expired bigint,
    sequence bigint, "headHash" text, "nextGrantAt" timestamptz, alerts jsonb) where t.account_id = $1`;

/** Every write of a change. */
export const writes = {
  newGrants: write('write_new_grants', newGrants),
  grants: write('write_grants', grants, true),
  newHolds: write('write_new_holds', newHolds),
  extended: write('write_extended_holds', extended, true),
  resolved: write('write_resolved_holds', resolved, true),
  entries: write('write_entries', entries),
  newLimits: write('write_new_limits', newLimits),
  limits: write('write_limits', limits, true),
  messages: write('write_messages', messages),
  balance: write('write_balance', balance),
};
