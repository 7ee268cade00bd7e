import { type TestDatabase, openTestDatabase } from '@tenantry/testing/database';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../ids.ts';

let database: TestDatabase;
const roles = ['tenantry_api', 'tenantry_admin', 'tenantry_worker'] as const;
type LoginRole = (typeof roles)[number];
const clients = new Map<LoginRole, pg.Client>();
const [first, second] = [`first${newId().slice(-7)}`, `other${newId().slice(-7)}`];
beforeAll(async () => {
  database = await openTestDatabase();
  for (const role of roles) {
    const client = new pg.Client({ connectionString: database.url(role) });
    await client.connect();
    clients.set(role, client);
  }
  for (const keyId of [first, second]) await database.query(insert, valuesOf(keyId));
});
afterAll(async () => {
  for (const client of clients.values()) await client.end();
  await database.close();
});

const insert = `insert into service_key (id, key_id, name, prefix, digest, mode, scopes, calls_per_minute, created_by, created_at)
  values ($1, $2, 'A key', $2, $3, 'live', '[]', 1, 'system:test', now())`;
const valuesOf = (keyId: string) => [newId(), keyId, 'f'.repeat(64)];

/** Runs a statement as a role in a transaction that is rolled back; answers how many rows it reached, or why it was refused. */
async function as(
  role: LoginRole,
  sql: string,
  { values = [], presented = '' }: { values?: unknown[]; presented?: string } = {},
): Promise<number | string> {
  const client = clients.get(role);
  if (client === undefined) throw new Error(`${role} has no connection.`);
  await client.query('begin');
  try {
    const setting = "select set_config('app.presented', $1, true)";
    await client.query(setting, [presented]);
    return (await client.query(sql, values)).rowCount ?? 0;
  } catch (fault) {
    return fault instanceof Error ? fault.message : String(fault);
  } finally {
    await client.query('rollback');
  }
}

const noRight = 'permission denied for table service_key';

describe('the role of the API', () => {
  it('sees the one service key whose public id was presented, and says when that was used', async () => {
    expect(await as('tenantry_api', 'select * from service_key')).toBe(0);
    expect(await as('tenantry_api', 'select * from service_key', { presented: first })).toBe(1);
    const use = 'update service_key set last_used_at = now()';
    expect(await as('tenantry_api', use, { presented: first })).toBe(1);
    expect(await as('tenantry_api', use)).toBe(0);
  });

  it.each([
    ['makes no key', insert, valuesOf('made')],
    ['revokes none', 'update service_key set revoked_at = now()', []],
    ['gives none more scopes', `update service_key set scopes = '["account:read"]'`, []],
    ['makes none last longer', 'update service_key set expires_at = null', []],
    ['deletes none', 'delete from service_key', []],
  ])('%s', async (_what, sql, values) => {
    expect(await as('tenantry_api', sql, { values, presented: first })).toBe(noRight);
  });
});

describe('the role of the admin app', () => {
  it('sees, makes and ends service keys', async () => {
    expect(await as('tenantry_admin', 'select * from service_key')).toBe(2);
    expect(await as('tenantry_admin', insert, { values: valuesOf('made') })).toBe(1);
    const end = 'update service_key set revoked_at = now(), expires_at = now() where key_id = $1';
    expect(await as('tenantry_admin', end, { values: [second] })).toBe(1);
  });

  it.each([
    ['changes no digest', `update service_key set digest = 'x'`],
    ['gives no key more scopes', `update service_key set scopes = '["account:read"]'`],
    ['changes no addresses', `update service_key set allowed_addresses = '[]'`],
    ['changes no mode', `update service_key set mode = 'live'`],
    ['forgets no maker', `update service_key set created_by = 'system:cli'`],
    ['deletes none', 'delete from service_key'],
  ])('%s', async (_what, sql) => {
    expect(await as('tenantry_admin', sql)).toBe(noRight);
  });
});

describe('the role of the worker', () => {
  it('reads no service key', async () => {
    expect(await as('tenantry_worker', 'select * from service_key')).toBe(noRight);
  });
});
