/**
 * The constant SQL of the credit path; every statement names the account itself, besides the walls. Each parameter
 * stands once and in order, so that the ORM can send them too.
 */

/** A statement that a connection keeps prepared under its name. */
export interface Statement {
  name: string;
  text: string;
}

/** Names a statement's text. */
export const statement = (name: string, text: string): Statement => ({ name, text });
const milliseconds = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`;

/** Says who the transaction is; row security reads nothing else. */
export const enterAccount = statement('enter_account', "select enter_account($1, '', '', false)");

const balanceColumns = `granted, available, held, spent, expired, sequence, head_hash, low_balance_thresholds,
  ${milliseconds('next_grant_at')} as next_grant_at`;
export const lockBalance = statement(
  'lock_balance',
  `select ${balanceColumns} from credit_balance where account_id = $1 for no key update`,
);
/** Answers no row while somebody else is at the books: they write what time has done themselves. */
export const tryLockBalance = statement('try_lock_balance', `${lockBalance.text} skip locked`);

export const grantJson = `json_build_object('id', id, 'kind', kind, 'available', available, 'held', held,
  'expiresAt', ${milliseconds('expires_at')})`;
const holdJson = `json_build_object('id', id, 'amount', amount, 'status', status, 'settledAmount', settled_amount,
  'isEstimated', estimated, 'operation', operation, 'siteId', site_id, 'keyId', key_id, 'metadata', metadata,
  'backings', backings,
  'expiresAt', ${milliseconds('expires_at')}, 'createdAt', ${milliseconds('created_at')})`;
const limitJson = `json_build_object('id', id, 'subject', case when site_id is null then 'key' else 'site' end,
  'creditsPerDayMax', credits_per_day_max, 'day', day, 'used', used)`;
const scheduleJson = `json_build_object('periodStart', ${milliseconds('period_start')}, 'periodEnd', ${milliseconds('period_end')},
  'cycle', cycle, 'includedCredits', included_credits, 'rolloverMax', rollover_credits_max)`;
const listOf = (json: string, rest: string) => `(select coalesce(json_agg(${json}), '[]') from ${rest})`;

/**
 * What is left of the grants, the holds whose time is over, the limits, and what the paid period gives when a month of
 * it is due. Read behind the lock, in a statement of its own.
 */
export const loadState = statement(
  'load_state',
  `select ${listOf(grantJson, 'credit_grant where account_id = $1 and (available > 0 or held > 0)')} as grants,
  ${listOf(
    holdJson,
    `(select * from credit_hold where account_id = $2 and status = 'open' and expires_at <= $3 order by expires_at, id limit 1000) overdue`,
  )} as overdue,
  ${listOf(limitJson, 'credit_limit where account_id = $4')} as limits,
  (select ${scheduleJson} from subscription join plan on plan.id = subscription.plan_id
    where subscription.status in ('active', 'past_due', 'cancelled') and subscription.account_id =
      (select account_id from credit_balance where account_id = $5 and next_grant_at <= $6)) as schedule`,
);
/** Balance and state in one snapshot, for whoever reads without the lock: two would not fit each other. */
export const readBooks = statement(
  'read_books',
  `select ${balanceColumns}, state.* from (${loadState.text}) state, credit_balance where account_id = $7`,
);
export const loadHolds = statement(
  'load_holds',
  `select ${listOf(holdJson, 'credit_hold where account_id = $1 and id = any ($2::uuid[])')} as holds`,
);
export const loadSites = statement(
  'load_sites',
  'select id from site where account_id = $1 and id = any ($2::uuid[]) and deleted_at is null',
);
export const loadPrices = statement(
  'load_prices',
  `select name, kind, unit, unit_size as "unitSize", credits_per_unit as "creditsPerUnit", credits_min as "creditsMin",
    output_tokens_default as "outputTokensDefault" from operation where name = any ($1::text[])
    or name in (select operation from credit_hold where account_id = $2 and id = any ($3::uuid[]))`,
);
/** Each key is looked up by itself: the plan of a join could read all the keys of an account. */
export const loadCalls = statement(
  'load_calls',
  `select asked.procedure, asked.key, found.fingerprint, found.state, found.body
  from (select $1::uuid as account_id, $2::text[] as procedures, $3::text[] as keys, $4::timestamptz as moment) one,
    unnest(one.procedures, one.keys) as asked(procedure, key),
    lateral (select fingerprint, state, body from idempotency_record record where record.account_id = one.account_id
      and record.procedure = asked.procedure and record.key = asked.key and record.expires_at > one.moment offset 0) found`,
);

/** Stores what calls with an Idempotency-Key were answered, or that they run; a mark that cannot be made is an error. */
export const writeCalls = statement(
  'write_calls',
  `with written as (
  insert into idempotency_record (account_id, procedure, key, fingerprint, state, status, body, created_at, expires_at)
  select $1::uuid, one.procedure, one.key, one.fingerprint, one.state, case one.state when 'done' then 200 end, one.body,
    one."createdAt", one."expiresAt"
  from jsonb_to_recordset($2::jsonb) as one(procedure text, key text, fingerprint text, state text, body text,
    "createdAt" timestamptz, "expiresAt" timestamptz)
  on conflict (account_id, procedure, key) do update set fingerprint = excluded.fingerprint, state = excluded.state,
    status = excluded.status, body = excluded.body, created_at = excluded.created_at, expires_at = excluded.expires_at
  where idempotency_record.expires_at <= excluded.created_at
    or (idempotency_record.state = 'running' and idempotency_record.fingerprint = excluded.fingerprint)
  returning 1)
select 1 / (case when (select count(*) from written) = $3::bigint then 1 else 0 end) as complete`,
);

/** Gives the keys of failed calls free again. */
export const forgetCalls = statement(
  'forget_calls',
  `delete from idempotency_record where account_id = $1 and state = 'running'
    and (procedure, key) in (select * from unnest($2::text[], $3::text[]))`,
);
