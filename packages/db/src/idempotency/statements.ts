import { type Statement, statement } from '../sql.ts';
import type { CallMark, KeyPlace } from './call.ts';

/** A statement with the values that it is sent with. */
export type IdempotencyCommand = readonly [statement: Statement, values: readonly unknown[]];

/**
 * The account's marks with one of the procedures and one of the keys. Each is looked up by itself; the pairs that
 * nobody asked for are not in the table but by chance, and the caller passes over them.
 */
export const findCalls = statement(
  'find_calls',
  `select procedure, key, fingerprint, state, body from idempotency_record
  where account_id = $1 and procedure = any ($2::text[]) and key = any ($3::text[]) and expires_at > $4::timestamptz`,
);

/** Marks a call as running unless its key is in use; answers no row when it is. */
export const claimCall = statement(
  'claim_call',
  `insert into idempotency_record (account_id, procedure, key, fingerprint, state, created_at, expires_at)
  values ($1, $2, $3, $4, 'running', $5, $6)
  on conflict (account_id, procedure, key) do update set fingerprint = excluded.fingerprint, state = 'running',
    status = null, body = null, created_at = excluded.created_at, expires_at = excluded.expires_at
  where idempotency_record.expires_at <= excluded.created_at
  returning key`,
);

/** Stores what calls were answered, or that they run; a mark that cannot be made is an error. */
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

/** Frees the keys of calls that failed. */
export const forgetCalls = statement(
  'forget_calls',
  `delete from idempotency_record where account_id = $1 and procedure = any ($2::text[]) and key = any ($3::text[])
    and (procedure, key) in (select * from unnest($2::text[], $3::text[])) and state = 'running'`,
);

/** Forgets the answers of every account whose day is over. */
export const forgetExpired = statement(
  'forget_expired_calls',
  'delete from idempotency_record where expires_at <= $1',
);

/** Finds the marks at places. */
export function findCommand(accountId: string, places: readonly KeyPlace[], now: Date): IdempotencyCommand {
  const procedures = [...new Set(places.map(({ procedure }) => procedure))];
  return [findCalls, [accountId, procedures, places.map(({ key }) => key), now.toISOString()]];
}

/** Writes marks. */
export function writeCommand(accountId: string, marks: readonly CallMark[]): IdempotencyCommand {
  return [writeCalls, [accountId, JSON.stringify(marks), marks.length]];
}

/** Frees the keys at places. */
export function forgetCommand(accountId: string, places: readonly KeyPlace[]): IdempotencyCommand {
  const [procedures, keys] = [places.map(({ procedure }) => procedure), places.map(({ key }) => key)];
  return [forgetCalls, [accountId, procedures, keys]];
}
