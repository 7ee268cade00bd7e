import type { Statement } from '@tenantry/db/sql';
import { type RowWrite, enterAccount, loadState, lockBalance, writes } from '@tenantry/ledger/measured';
import { numbered } from './accounts.ts';

/** A part of our transaction that a script can leave out, to measure the cost of the part. */
export type Piece = 'context' | 'overdue' | 'grants' | 'chain';

const accountSql = numbered('0198f000', ':number::bigint');
const pick = (accounts: number) => `\\set number random(1, ${accounts})\n`;
const enter = (account: string) =>
  `set_config('app.account', ${account}, true), set_config('app.user', '', true), set_config('app.presented', '', true)`;
const ttl = `now() + interval '15 minutes'`;
const backings = (grant: string) => `jsonb_build_array(jsonb_build_object('grantId', ${grant}, 'amount', 1))`;
const overdueSql = (account: string) => `(select count(*) from (select 1 from credit_hold
  where account_id = ${account} and status = 'open' and expires_at <= now() order by expires_at, id limit 1000) ended) as overdue`;
const entryColumns = `account_id, id, sequence, at, kind, from_book, to_book, amount, available_after, hold_id, actor, request_id, hash`;
const hash = (head: string, sequence: string) =>
  `encode(sha256(convert_to(${head} || ${sequence}::text || now()::text, 'UTF8')), 'hex')`;

/**
 * Our own hold as plain statements, each sent after the answer of the previous one: context, lock, grants and overdue
 * holds, hold, grant, entry with its hash, balance, commit.
 */
export function plainHold(accounts: number, without: readonly Piece[] = []): string {
  const has = (piece: Piece) => !without.includes(piece);
  const account = has('context') ? ':account::uuid' : accountSql;
  const overdue = has('overdue') ? overdueSql(account) : '0 as overdue';
  const state = has('grants')
    ? `select id as grant_id, available - 1 as grant_available, held + 1 as grant_held, ${overdue} from credit_grant
  where account_id = ${account} and (available > 0 or held > 0) limit 1 \\gset`
    : `select ${overdue} \\gset`;
  const spend = `update credit_grant set available = :grant_available::bigint, held = :grant_held::bigint
  where account_id = ${account} and id = :grant_id::uuid`;
  return script(accounts, [
    'begin;',
    ...(has('context') ? [`select ${accountSql} as account, ${enter(`${accountSql}::text`)} \\gset`] : []),
    `select available - 1 as available, held + 1 as held, sequence + 1 as sequence, head_hash as head,
  gen_random_uuid() as hold, gen_random_uuid() as entry from credit_balance where account_id = ${account} for no key update \\gset`,
    ...(has('grants') || has('overdue') ? [state] : []),
    `insert into credit_hold (account_id, id, amount, status, metadata, expires_at, created_at, backings)
  values (${account}, :hold::uuid, 1, 'open', '{}', ${ttl}, now(), ${has('grants') ? backings(':grant_id::text') : `'[]'`});`,
    ...(has('grants') ? [`${spend};`] : []),
    `insert into ledger_entry (${entryColumns}) values (${account}, :entry::uuid, :sequence::bigint, now(), 'hold', 'available',
  'held', 1, :available::bigint, :hold::uuid, 'bench', 'bench', ${has('chain') ? hash(':head::text || :entry::text', ':sequence::bigint') : `''`})
  returning hash \\gset`,
    `update credit_balance set available = :available::bigint, held = :held::bigint, sequence = :sequence::bigint, head_hash = :hash::text
  where account_id = ${account};`,
    'commit;',
  ]);
}

/** The same statements in one round trip. Values that one statement reads from another stay in the database. */
export function pipelinedHold(accounts: number): string {
  const own = `account_id = ${accountSql}`;
  const live = `select id from credit_grant where ${own} and (available > 0 or held > 0) limit 1`;
  return script(accounts, [
    '\\startpipeline',
    'begin;',
    `select ${enter(`${accountSql}::text`)};`,
    `select available from credit_balance where ${own} for no key update;`,
    `select ${overdueSql(accountSql)};`,
    `with made as (insert into credit_hold (account_id, id, amount, status, metadata, expires_at, created_at, backings)
  select ${accountSql}, gen_random_uuid(), 1, 'open', '{}', ${ttl}, now(), ${backings('id::text')} from (${live}) backing returning id)
  insert into ledger_entry (${entryColumns}) select account_id, gen_random_uuid(), sequence + 1, now(), 'hold', 'available',
  'held', 1, available - 1, made.id, 'bench', 'bench', ${hash('head_hash || made.id::text', '(sequence + 1)')}
  from credit_balance, made where ${own};`,
    `update credit_grant set available = available - 1, held = held + 1 where ${own} and id = (${live});`,
    `update credit_balance balance set available = balance.available - 1, held = held + 1, sequence = balance.sequence + 1, head_hash = hash
  from ledger_entry entry where balance.account_id = ${accountSql} and entry.account_id = ${accountSql} and entry.sequence = balance.sequence + 1;`,
    'commit;',
    '\\endpipeline',
  ]);
}

/** The lists that a hold writes, with the ids of their rows. SQL builds them here; the ledger builds them in its process. */
const written: readonly [RowWrite, list: string, ids: string][] = [
  [
    writes.grants,
    `json_build_array(json_build_object('id', :grants::json->0->>'id', 'available', (:grants::json->0->>'available')::bigint - 1,
    'held', (:grants::json->0->>'held')::bigint + 1))::text`,
    `array[(:grants::json->0->>'id')::uuid]`,
  ],
  [
    writes.newHolds,
    `json_build_array(json_build_object('id', :hold::text, 'amount', 1, 'status', 'open', 'metadata', '{}'::json,
    'expiresAt', ${ttl}, 'createdAt', now(), 'backings', ${backings(`:grants::json->0->>'id'`)}))::text`,
    '',
  ],
  [
    writes.entries,
    `json_build_array(json_build_object('id', gen_random_uuid(), 'sequence', :sequence::bigint + 1, 'at', now(), 'kind', 'hold',
    'from', 'available', 'to', 'held', 'amount', 1, 'availableAfter', :available::bigint - 1, 'holdId', :hold::text, 'actor', 'bench',
    'requestId', 'bench', 'facts', '{}'::json, 'hash', ${hash(':head_hash::text || :hold::text', ':sequence::bigint')}))::text`,
    '',
  ],
  [
    writes.balance,
    `json_build_array(json_build_object('granted', :granted::bigint, 'available', :available::bigint - 1, 'held', :held::bigint + 1,
    'spent', :spent::bigint, 'expired', :expired::bigint, 'sequence', :sequence::bigint + 1,
    'headHash', ${hash(':head_hash::text || :hold::text', ':sequence::bigint')}, 'alerts', :low_balance_alerts::json))::text`,
    '',
  ],
];

/** The statements of the group commit, each in its own round trip. */
export function ledgerHold(accounts: number): string {
  const account = `${accountSql}::text`;
  return script(accounts, [
    'begin;',
    `${filled(enterAccount, [account])};`,
    `${filled(lockBalance, [accountSql])} \\gset`,
    `select gen_random_uuid() as hold, state.* from (${filled(loadState, [accountSql, 'now()'])}) state \\gset`,
    ...written.map(([write, list, ids]) => `${filled(write, [`${account}::uuid`, list, '1', ids])};`),
    'commit;',
  ]);
}

/** A minimal hold: one statement that checks, subtracts and inserts a row. It has no isolation and no journal. */
export function nakedHold(accounts: number): string {
  return script(accounts, [
    `with taken as (update credit_balance set available = available - 1, held = held + 1
  where account_id = ${accountSql} and available >= 1 returning account_id)
insert into credit_hold (account_id, id, amount, status, metadata, expires_at, created_at)
  select account_id, gen_random_uuid(), 1, 'open', '{}', ${ttl}, now() from taken;`,
  ]);
}

const script = (accounts: number, lines: readonly string[]) => `${pick(accounts)}${lines.join('\n')}\n`;

/** The text of a statement with expressions instead of its parameters. */
function filled({ text }: Statement, values: readonly string[]): string {
  return text.replaceAll(/\$(\d)/g, (_, place: string) => `(${values[Number(place) - 1] ?? 'null'})`);
}
