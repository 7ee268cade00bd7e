import { statement } from './statements.ts';

/**
 * What a change writes, one statement for each kind of row. Each takes the account, a JSON list of the rows, and how
 * many it must reach: one that misses a row fails, and its transaction with it. What a change has nothing of is not sent.
 */
const write = (name: string, verb: string) =>
  statement(
    name,
    `with change as materialized (select $1::uuid as account_id, $2::jsonb as it), written as (${verb} returning 1)
select 1 / (case when (select count(*) from written) = $3::bigint then 1 else 0 end) as complete`,
  );

/** The row that an item of the list names, looked up by its key alone: a join's plan could read all of an account's. */
const place = (table: string, more = '') =>
  `lateral (select ctid from ${table} where account_id = change.account_id and id = one.id ${more} offset 0) place`;

const newGrants = `insert into credit_grant (account_id, id, kind, amount, available, held, expires_at, reference, created_at)
  select change.account_id, one.id, one.kind, one.amount, one.available, one.held, one."expiresAt", one.reference, one."createdAt"
  from change, jsonb_to_recordset(it) as one(id uuid, kind text, amount bigint, available bigint, held bigint,
    "expiresAt" timestamptz, reference text, "createdAt" timestamptz)`;

const grants = `update credit_grant set available = one.available, held = one.held, expires_at = one."expiresAt"
  from change, jsonb_to_recordset(it) as one(id uuid, available bigint, held bigint, "expiresAt" timestamptz),
    ${place('credit_grant')} where credit_grant.ctid = place.ctid`;

const newHolds = `insert into credit_hold (account_id, id, amount, status, operation, site_id, key_id, metadata, expires_at, created_at,
    backings, settled_amount, estimated, resolved_at)
  select change.account_id, one.id, one.amount, one.status, one.operation, one."siteId", one."keyId", one.metadata, one."expiresAt",
    one."createdAt", one.backings, one."settledAmount", coalesce(one."isEstimated", false), one."resolvedAt"
  from change, jsonb_to_recordset(it) as one(id uuid, amount bigint, status text, operation text, "siteId" uuid, "keyId" uuid,
    metadata jsonb, "expiresAt" timestamptz, "createdAt" timestamptz, backings jsonb, "settledAmount" bigint,
    "isEstimated" boolean, "resolvedAt" timestamptz)`;

const resolved = `update credit_hold set status = one.status, settled_amount = one."settledAmount", estimated = one."isEstimated",
    resolved_at = coalesce(credit_hold.resolved_at, one."resolvedAt")
  from change, jsonb_to_recordset(it) as one(id uuid, status text, "settledAmount" bigint, "isEstimated" boolean, before text,
    "resolvedAt" timestamptz), ${place('credit_hold', "and status = one.before and estimated = (one.before = 'settled')")}
  where credit_hold.ctid = place.ctid`;

const entries = `insert into ledger_entry (account_id, id, sequence, at, kind, from_book, to_book, amount, available_after, hold_id,
    grant_id, operation, site_id, actor, request_id, facts, hash)
  select change.account_id, one.id, one.sequence, one.at, one.kind, one."from", one."to", one.amount, one."availableAfter",
    one."holdId", one."grantId", one.operation, one."siteId", one.actor, one."requestId", one.facts, one.hash
  from change, jsonb_to_recordset(it) as one(id uuid, sequence bigint, at timestamptz, kind text, "from" text, "to" text,
    amount bigint, "availableAfter" bigint, "holdId" uuid, "grantId" uuid, operation text, "siteId" uuid, actor text,
    "requestId" text, facts jsonb, hash text)`;

const limits = `update credit_limit set day = one.day, used = one.used
  from change, jsonb_to_recordset(it) as one(id uuid, day date, used bigint),
    ${place('credit_limit')} where credit_limit.ctid = place.ctid`;

const messages = `insert into outbox_message (account_id, id, at, topic, payload)
  select change.account_id, one.id, one.at, one.topic, one.payload
  from change, jsonb_to_recordset(it) as one(id uuid, at timestamptz, topic text, payload jsonb)`;

const balance = `update credit_balance set granted = one.granted, available = one.available, held = one.held, spent = one.spent,
    expired = one.expired, sequence = one.sequence, head_hash = one."headHash", next_grant_at = one."nextGrantAt"
  from change, jsonb_to_recordset(it) as one(granted bigint, available bigint, held bigint, spent bigint, expired bigint,
    sequence bigint, "headHash" text, "nextGrantAt" timestamptz)
  where credit_balance.account_id = change.account_id`;

/** Every write of a change. */
export const writes = {
  newGrants: write('write_new_grants', newGrants),
  grants: write('write_grants', grants),
  newHolds: write('write_new_holds', newHolds),
  resolved: write('write_resolved_holds', resolved),
  entries: write('write_entries', entries),
  limits: write('write_limits', limits),
  messages: write('write_messages', messages),
  balance: write('write_balance', balance),
};
