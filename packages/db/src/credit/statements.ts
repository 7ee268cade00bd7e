/** The constant SQL of the credit path; every statement names the account itself, besides the walls. */

const balanceColumns = 'granted, available, held, spent, expired, sequence, head_hash';
const milliseconds = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`;

export const lockBalance = `select ${balanceColumns} from credit_balance where account_id = ? for no key update`;
export const readBalance = `select ${balanceColumns} from credit_balance where account_id = ?`;

export const liveGrants = `select id, kind, available, held, ${milliseconds('expires_at')} as expires_at
from credit_grant where account_id = ? and (available > 0 or held > 0)`;

const holdColumns = `hold.id, hold.amount, hold.status, hold.operation, hold.site_id, ${milliseconds('hold.expires_at')} as expires_at,
(select coalesce(jsonb_agg(jsonb_build_object('grantId', backing.grant_id, 'amount', backing.amount)), '[]')
 from credit_backing backing where backing.account_id = hold.account_id and backing.hold_id = hold.id) as backings`;

export const overdueHolds = `select ${holdColumns} from credit_hold hold
where hold.account_id = ? and hold.status = 'open' and hold.expires_at <= ? order by hold.expires_at, hold.id limit 1000`;
export const holdById = `select ${holdColumns} from credit_hold hold where hold.account_id = ? and hold.id = ?`;

/** Writes one change of an account's books from one JSON document, and counts what it touched. */
export const writeChange = `with change as (select ?::uuid as account_id, ?::jsonb as it),
new_grants as (
  insert into credit_grant (account_id, id, kind, amount, available, held, expires_at, reference, created_at)
  select change.account_id, one.id, one.kind, one.amount, one.available, one.held, one."expiresAt", one.reference, one."createdAt"
  from change, jsonb_to_recordset(it->'newGrants') as one(id uuid, kind text, amount bigint, available bigint, held bigint,
    "expiresAt" timestamptz, reference text, "createdAt" timestamptz) returning 1),
changed_grants as (
  update credit_grant set available = one.available, held = one.held, expires_at = one."expiresAt"
  from change, jsonb_to_recordset(it->'grants') as one(id uuid, available bigint, held bigint, "expiresAt" timestamptz)
  where credit_grant.account_id = change.account_id and credit_grant.id = one.id returning 1),
new_holds as (
  insert into credit_hold (account_id, id, amount, status, operation, site_id, metadata, expires_at, created_at)
  select change.account_id, one.id, one.amount, 'open', one.operation, one."siteId", one.metadata, one."expiresAt", one."createdAt"
  from change, jsonb_to_recordset(it->'newHolds') as one(id uuid, amount bigint, operation text, "siteId" uuid, metadata jsonb,
    "expiresAt" timestamptz, "createdAt" timestamptz) returning 1),
new_backings as (
  insert into credit_backing (account_id, hold_id, grant_id, amount)
  select change.account_id, one."holdId", one."grantId", one.amount
  from change, jsonb_to_recordset(it->'backings') as one("holdId" uuid, "grantId" uuid, amount bigint) returning 1),
resolved_holds as (
  update credit_hold set status = one.status, settled_amount = one."settledAmount", resolved_at = one."resolvedAt"
  from change, jsonb_to_recordset(it->'resolved') as one(id uuid, status text, "settledAmount" bigint, "resolvedAt" timestamptz)
  where credit_hold.account_id = change.account_id and credit_hold.id = one.id and credit_hold.status = 'open' returning 1),
entries as (
  insert into ledger_entry (account_id, id, sequence, at, kind, from_book, to_book, amount, available_after, hold_id, grant_id,
    operation, site_id, actor, request_id, hash)
  select change.account_id, one.id, one.sequence, one.at, one.kind, one."from", one."to", one.amount, one."availableAfter",
    one."holdId", one."grantId", one.operation, one."siteId", one.actor, one."requestId", one.hash
  from change, jsonb_to_recordset(it->'entries') as one(id uuid, sequence bigint, at timestamptz, kind text, "from" text, "to" text,
    amount bigint, "availableAfter" bigint, "holdId" uuid, "grantId" uuid, operation text, "siteId" uuid, actor text,
    "requestId" text, hash text) returning 1),
balance as (
  update credit_balance set granted = one.granted, available = one.available, held = one.held, spent = one.spent,
    expired = one.expired, sequence = one.sequence, head_hash = one."headHash"
  from change, jsonb_to_record(it->'balance') as one(granted bigint, available bigint, held bigint, spent bigint, expired bigint,
    sequence bigint, "headHash" text)
  where credit_balance.account_id = change.account_id returning 1)
select (select count(*) from new_grants) + (select count(*) from changed_grants) + (select count(*) from new_holds)
  + (select count(*) from new_backings) + (select count(*) from resolved_holds) + (select count(*) from entries)
  + (select count(*) from balance) as touched`;
