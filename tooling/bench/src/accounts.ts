import { digestApiKey, mintApiKey, mintServiceKey } from '@tenantry/identity/api-key';
import type { BenchDatabase } from './database.ts';

/** The API key pepper of every server in a bench. */
export const apiKeyPepper = 'p'.repeat(32);

/** The id of the account with a number. Numbers begin at 1. */
export const accountId = (number: number): string => numberedId('0198f000', number);

/** The id of a row with a number, as `numbered` writes it in SQL. */
export const numberedId = (kind: string, number: number): string =>
  `${kind}-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;

/** SQL for the id of a row with a number. `kind` is the first group of the id; `accountId` uses the same form. */
export const numbered = (kind: string, number: string): string =>
  `('${kind}-0000-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`;

const [account, grant] = [numbered('0198f000', 'number'), numbered('0198f001', 'number')];
const credits = 1_000_000_000;
const accountsSql = [
  `insert into account (id, name, created_at) select ${account}, 'Account ' || number, now() from generate_series(1, $1) number`,
  `insert into credit_balance (account_id, granted, available, sequence) select ${account}, ${credits}, ${credits}, 0 from generate_series(1, $1) number`,
  `insert into credit_grant (account_id, id, kind, amount, available, held, reference, created_at)
    select ${account}, ${grant}, 'purchase', ${credits}, ${credits}, 0, 'bench', now() from generate_series(1, $1) number`,
];

/** Creates accounts numbered from 1, each with 10^9 credits in one grant. */
export async function seedAccounts(database: BenchDatabase, count: number): Promise<void> {
  for (const sql of accountsSql) await database.run(sql, [count]);
  await database.run('analyze');
}

const subscriptionSql = `insert into subscription (account_id, id, plan_id, status, period_start, period_end)
  select id, gen_random_uuid(), (select id from plan where slug = 'unthrottled'), 'active', now(), now() + interval '20 days'
  from unnest($1::uuid[]) id`;
const keySql = `insert into api_key (account_id, id, key_id, name, prefix, digest, scopes, created_at)
  select account_id, account_id, key_id, 'Bench', prefix, digest, '["credit:spend"]', now()
  from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) key (account_id, key_id, prefix, digest)`;
const directorySql = `insert into key_directory (key_id, account_id, api_key_id)
  select key_id, account_id, account_id from unnest($1::uuid[], $2::text[]) key (account_id, key_id)`;

/**
 * Gives each of the first accounts the plan without limits and an API key that may spend credits. Answers the keys in
 * the order of the accounts.
 */
export async function giveKeys(database: BenchDatabase, count: number): Promise<string[]> {
  const accounts = Array.from({ length: count }, (_, index) => accountId(index + 1));
  const keys = accounts.map(() => mintApiKey('live'));
  const ids = keys.map(({ keyId }) => keyId);
  const prefixes = keys.map(({ prefix }) => prefix);
  const digests = keys.map(({ secret }) => digestApiKey(secret, apiKeyPepper));
  await database.run(subscriptionSql, [accounts]);
  await database.run(keySql, [accounts, ids, prefixes, digests]);
  await database.run(directorySql, [accounts, ids]);
  return keys.map(({ secret }) => secret);
}

/** The most calls a minute that a service key can be given. */
const callsPerMinuteMax = 10_000_000;
const serviceKeySql = `insert into service_key (id, key_id, name, prefix, digest, mode, scopes, allowed_addresses,
  calls_per_minute, created_by, created_at)
  values (gen_random_uuid(), $1, 'Bench', $2, $3, 'live', '["credential:verify"]', '[]', $4, 'system:bench', now())`;

/** Creates a service key that may verify credentials. Answers it. */
export async function giveServiceKey(database: BenchDatabase): Promise<string> {
  const { secret, keyId, prefix } = mintServiceKey('live');
  const digest = digestApiKey(secret, apiKeyPepper);
  await database.run(serviceKeySql, [keyId, prefix, digest, callsPerMinuteMax]);
  return secret;
}
