import { newId } from '@tenantry/db/ids';
import { type ServiceScope, serviceScopes } from '@tenantry/domain/permissions';
import { digestApiKey, mintServiceKey } from '@tenantry/identity/api-key';
import type { TestApp } from './app.ts';

/** What a service key of a test is, where it is not a live key with every scope and without bounds. */
export interface ServiceKeyOptions {
  mode?: 'live' | 'test';
  scopes?: readonly ServiceScope[];
  allowedAddresses?: readonly string[];
  callsPerMinute?: number;
  expiresAt?: Date;
}

/** A service key with its id and its public id. */
export interface TestServiceKey {
  id: string;
  keyId: string;
  secret: string;
}

/** Writes a service key past every rule, for tests of what it may do. */
export async function insertServiceKey(
  { database }: Pick<TestApp, 'database'>,
  {
    mode = 'live',
    scopes = serviceScopes,
    allowedAddresses = [],
    callsPerMinute = 60_000,
    expiresAt,
  }: ServiceKeyOptions = {},
): Promise<TestServiceKey> {
  const { secret, keyId, prefix } = mintServiceKey(mode);
  const id = newId();
  await database.query(
    `insert into service_key (id, key_id, name, prefix, digest, mode, scopes, allowed_addresses, calls_per_minute,
      expires_at, created_by, created_at) values ($1, $2, 'A service key', $3, $4, $5, $6, $7, $8, $9, 'system:test', now())`,
    [
      id,
      keyId,
      prefix,
      digestApiKey(secret, 'p'.repeat(32)),
      mode,
      JSON.stringify(scopes),
      JSON.stringify(allowedAddresses),
      callsPerMinute,
      expiresAt?.toISOString() ?? null,
    ],
  );
  return { id, keyId, secret };
}

/** Gives an account an id of the operator's own product. */
export async function nameExternally(
  { database }: Pick<TestApp, 'database'>,
  accountId: string,
  externalId: string,
): Promise<void> {
  await database.query('update account set external_id = $2 where id = $1', [accountId, externalId]);
  await database.query("insert into account_directory (external_id, account_id, asked) values ($1, $2, '')", [
    externalId,
    accountId,
  ]);
}
