import { type Statement, statement } from '../sql.ts';
import type { CallMark, KeyPlace, KeyedCall } from './call.ts';

/** A statement with the values that it is sent with. */
export type IdempotencyCommand = readonly [statement: Statement, values: readonly unknown[]];

/** Where marks are stored, and the column of their owner. Both are constants of this file. */
interface MarkTable {
  table: 'idempotency_record' | 'person_idempotency_record';
  owner: 'account_id' | 'person_id';
}

/** The statements on one table of marks. The first parameter of each is the owner: an account or a person. */
function statementsOn({ table, owner }: MarkTable) {
  const named = (name: string, text: string) => statement(`${name}_of_${owner}`, text);
  return {
    /** The marks with one of the procedures and one of the keys; the caller passes over pairs that it did not name. */
    find: named(
      'find_calls',
      `select procedure, key, fingerprint, state, body, sites from ${table}
      where ${owner} = $1 and procedure = any ($2::text[]) and key = any ($3::text[]) and expires_at > $4::timestamptz`,
    ),
    /** Marks a call as running unless its key is in use; answers no row when it is. */
    claim: named(
      'claim_call',
      `insert into ${table} (${owner}, procedure, key, fingerprint, state, created_at, expires_at, request_id)
      values ($1, $2, $3, $4, 'running', $5, $6, $7)
      on conflict (${owner}, procedure, key) do update set fingerprint = excluded.fingerprint, state = 'running',
        status = null, body = null, sites = null, created_at = excluded.created_at, expires_at = excluded.expires_at,
        request_id = excluded.request_id
      where ${table}.expires_at <= excluded.created_at
      returning key`,
    ),
    /** Stores what calls were answered, or that they run; a mark that cannot be made is an error. */
    write: named(
      'write_calls',
      `with written as (
      insert into ${table} (${owner}, procedure, key, fingerprint, state, status, body, sites, created_at, expires_at,
        request_id)
      select $1::uuid, one.procedure, one.key, one.fingerprint, one.state, case one.state when 'done' then 200 end, one.body,
        nullif(one.sites, 'null'::jsonb), one."createdAt", one."expiresAt", one."requestId"
      from jsonb_to_recordset($2::jsonb) as one(procedure text, key text, fingerprint text, state text, body text,
        sites jsonb, "createdAt" timestamptz, "expiresAt" timestamptz, "requestId" text)
      on conflict (${owner}, procedure, key) do update set fingerprint = excluded.fingerprint, state = excluded.state,
        status = excluded.status, body = excluded.body, sites = excluded.sites, created_at = excluded.created_at,
        expires_at = excluded.expires_at, request_id = excluded.request_id
      where ${table}.expires_at <= excluded.created_at
        or (${table}.state = 'running' and ${table}.request_id = excluded.request_id)
      returning 1)
      select 1 / (case when (select count(*) from written) = $3::bigint then 1 else 0 end) as complete`,
    ),
    /** Frees the keys of calls that failed. */
    forget: named(
      'forget_calls',
      `delete from ${table} where ${owner} = $1 and procedure = any ($2::text[]) and key = any ($3::text[])
        and (procedure, key, request_id) in (select * from unnest($2::text[], $3::text[], $4::text[]))
        and state = 'running'`,
    ),
    /** Forgets the answers of every owner whose time is over. */
    forgetExpired: named('forget_expired_calls', `delete from ${table} where expires_at <= $1`),
  };
}

/** The marks of calls that are made for an account. */
export const accountCalls = statementsOn({ table: 'idempotency_record', owner: 'account_id' });

/** The marks of calls of a user or of staff who act without an account. */
export const personCalls = statementsOn({ table: 'person_idempotency_record', owner: 'person_id' });

type CallStatements = typeof accountCalls;

/** Finds the marks at places. */
export function findCommand(
  owner: string,
  places: readonly KeyPlace[],
  now: Date,
  { find }: CallStatements = accountCalls,
): IdempotencyCommand {
  const procedures = [...new Set(places.map(({ procedure }) => procedure))];
  return [find, [owner, procedures, places.map(({ key }) => key), now.toISOString()]];
}

/** Writes marks. */
export function writeCommand(
  owner: string,
  marks: readonly CallMark[],
  { write }: CallStatements = accountCalls,
): IdempotencyCommand {
  return [write, [owner, JSON.stringify(marks), marks.length]];
}

/** Frees the keys of calls. */
export function forgetCommand(
  owner: string,
  calls: readonly KeyedCall[],
  { forget }: CallStatements = accountCalls,
): IdempotencyCommand {
  const all = (pick: (call: KeyedCall) => string) => calls.map(pick);
  return [
    forget,
    [owner, all(({ procedure }) => procedure), all(({ key }) => key), all(({ requestId }) => requestId)],
  ];
}
