import { type TestDatabase, openTestDatabase } from '@tenantry/testing/database';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Account } from './account/entity.ts';
import { newId } from './ids.ts';
import { Site } from './site/entity.ts';
import type { CallInfo } from './transaction.ts';

const callInfo: CallInfo = { actor: { kind: 'system', job: 'test' }, requestId: 'test', now: new Date() };
const [own, foreign] = [newId(), newId()];
const [ownSite, foreignSite] = [newId(), newId()];
let app: TestDatabase;

beforeAll(async () => {
  app = await openTestDatabase();
  for (const [accountId, siteId] of [
    [own, ownSite],
    [foreign, foreignSite],
  ] as const) {
    await app.api.inAccount.write({ accountId }, callInfo, async ({ em, now }) => {
      await em.insert(Account, {
        id: accountId,
        name: 'An account',
        status: 'active',
        paymentMethod: 'stripe',
        system: false,
        sandbox: false,
        createdAt: now,
        version: 1,
      });
      await em.insert(Site, { accountId, id: siteId, name: 'A site', createdAt: now, version: 1 });
    });
  }
});
afterAll(() => app.close());

/** Runs SQL as the API's role with a context of the test's choosing: the second and third walls alone. */
async function asApi(accountId: string, sql: string, values: unknown[] = []): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: app.url('tenantry_api') });
  await client.connect();
  try {
    await client.query("select set_config('app.account', $1, false)", [accountId]);
    return await client.query(sql, values);
  } finally {
    await client.end();
  }
}

describe('the filter', () => {
  it('shows an account its own rows and no others', async () => {
    const sites = await app.api.inAccount.write({ accountId: own }, callInfo, ({ em }) => em.find(Site, {}));
    expect(sites.map((site) => site.id)).toEqual([ownSite]);
  });

  it('throws without an account (A1)', async () => {
    await expect(app.api.withoutAccount.read({}, ({ em }) => em.find(Site, {}))).rejects.toThrow();
  });

  it('refuses an account id that is not a UUID before any SQL (A4)', async () => {
    await expect(
      app.api.inAccount.write({ accountId: '$ne' }, callInfo, ({ em }) => em.find(Site, {})),
    ).rejects.toThrow('needs an account');
  });

  it('holds alone, where row security lets every row through', async () => {
    const sites = await app.admin.inAccount.write({ accountId: own }, callInfo, ({ em }) =>
      em.find(Site, {}),
    );
    expect(sites.map((site) => site.id)).toEqual([ownSite]);
  });

  it('cannot be escaped by a clause of the caller (A16)', async () => {
    const where = { $or: [{ accountId: foreign }, { id: foreignSite }] };
    expect(
      await app.admin.inAccount.write({ accountId: own }, callInfo, ({ em }) => em.find(Site, where)),
    ).toEqual([]);
  });
});

describe('row security, with the filter removed', () => {
  it('shows own rows only, though the filter is off (A2)', async () => {
    const sites = await app.api.inAccount.write({ accountId: own }, callInfo, ({ em }) =>
      em.find(Site, {}, { filters: false }),
    );
    expect(sites.map((site) => site.id)).toEqual([ownSite]);
  });

  it.each(['', own])('shows no foreign row with the context %j (B4, B5)', async (context) => {
    const { rows } = await asApi(context, 'select id from site where id = $1', [foreignSite]);
    expect(rows).toEqual([]);
  });

  it('refuses to insert into, move to, or empty another account (A8, B13, B14)', async () => {
    const insert = 'insert into site (account_id, id, name, created_at) values ($1, $2, $3, now())';
    await expect(asApi(own, insert, [foreign, newId(), 'x'])).rejects.toMatchObject({ code: '42501' });
    await expect(asApi(own, 'update site set account_id = $1', [foreign])).rejects.toMatchObject({
      code: '42501',
    });
    await expect(asApi(own, 'truncate site cascade')).rejects.toMatchObject({ code: '42501' });
  });

  it('changes and deletes no foreign row', async () => {
    expect((await asApi(own, 'update site set name = $1 where id = $2', ['x', foreignSite])).rowCount).toBe(
      0,
    );
    const sector = newId();
    await app.query(
      'insert into sector (account_id, id, site_id, name, created_at) values ($1, $2, $3, $4, now())',
      [foreign, sector, foreignSite, 'Theirs'],
    );
    expect((await asApi(own, 'delete from sector where id = $1', [sector])).rowCount).toBe(0);
    expect(await app.query('select 1 from sector where id = $1', [sector])).toHaveLength(1);
  });
});

describe('composite keys, with the filter and row security removed', () => {
  it('refuse a child of another account (B8)', async () => {
    const insert =
      'insert into sector (account_id, id, site_id, name, created_at) values ($1, $2, $3, $4, now())';
    await expect(app.query(insert, [own, newId(), foreignSite, 'x'])).rejects.toMatchObject({
      code: '23503',
    });
    await app.query(insert, [own, newId(), ownSite, 'x']);
  });
});

describe('the catalogue', () => {
  const tenantTables = `select c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'account_id' and not a.attisdropped
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace`;

  it('forces row security on every table with an account, with a restrictive policy (B1, B2, B15)', async () => {
    const tables = await app.query(tenantTables);
    expect(tables.length).toBeGreaterThanOrEqual(19);
    expect(tables.filter((table) => !(table['relrowsecurity'] && table['relforcerowsecurity']))).toEqual([]);
    const unwalled = await app.query(`select relname from (${tenantTables}) t where not exists
      (select 1 from pg_policy p where p.polrelid = t.oid and not p.polpermissive)`);
    expect(unwalled).toEqual([]);
  });

  it('keeps account_id NOT NULL everywhere and in every key between tenant tables (law 10)', async () => {
    const nullable = await app.query(`select relname from (${tenantTables}) t join pg_attribute a
      on a.attrelid = t.oid and a.attname = 'account_id' where not a.attnotnull`);
    expect(nullable).toEqual([]);
    const loose = await app.query(`select k.conname from pg_constraint k
      join (${tenantTables}) t on t.oid = k.conrelid join (${tenantTables}) r on r.oid = k.confrelid
      where k.contype = 'f' and not exists (select 1 from unnest(k.conkey) n join pg_attribute a
        on a.attrelid = k.conrelid and a.attnum = n where a.attname = 'account_id')`);
    expect(loose).toEqual([]);
  });

  it('gives the login roles no way past the walls (B3)', async () => {
    const roles = await app.query(`select rolname from pg_roles where rolname like 'tenantry\\_%'
      and rolname <> 'tenantry_owner' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)`);
    expect(roles).toEqual([]);
    const owned = await app.query(`select tablename from pg_tables where schemaname = 'public'
      and tableowner in ('tenantry_api', 'tenantry_admin', 'tenantry_worker')`);
    expect(owned).toEqual([]);
  });
});
