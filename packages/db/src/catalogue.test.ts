import { type TestDatabase, openTestDatabase } from '@tenantry/testing/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let app: TestDatabase;
beforeAll(async () => {
  app = await openTestDatabase();
});
afterAll(() => app.close());

describe('the catalogue', () => {
  const tenantTables = `select c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'account_id' and not a.attisdropped
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace`;

  it('forces row security on every table with an account, with one policy for each grant of a role (B1, B2, B15)', async () => {
    const tables = await app.query(tenantTables);
    expect(tables.length).toBeGreaterThanOrEqual(22);
    expect(tables.filter((table) => !(table['relrowsecurity'] && table['relforcerowsecurity']))).toEqual([]);
    const policies =
      await app.query(`select tablename, roles[1] as role, lower(cmd) as verb, permissive from pg_policies
      where roles <> '{tenantry_owner}' order by 1, 2, 3`);
    expect(policies.filter(({ permissive }) => permissive !== 'PERMISSIVE')).toEqual([]);
    // An account's columns are granted one by one; every other grant is of a whole table.
    const granted =
      await app.query(`select distinct c.relname as tablename, acl.grantee::regrole::name as role, lower(acl.privilege_type) as verb
      from pg_class c join pg_attribute a on a.attrelid = c.oid cross join lateral (values (c.relacl), (a.attacl)) as part(list)
      cross join aclexplode(part.list) acl where c.relrowsecurity and c.relkind = 'r' and acl.grantee <> c.relowner order by 1, 2, 3`);
    expect(policies.length).toBeGreaterThan(100);
    expect(policies.map(({ tablename, role, verb }) => ({ tablename, role, verb }))).toEqual(granted);
  });

  it('keeps account_id NOT NULL everywhere and in every key between tenant tables (B8, B16)', async () => {
    const nullable = await app.query(`select relname from (${tenantTables}) t join pg_attribute a
      on a.attrelid = t.oid and a.attname = 'account_id' where not a.attnotnull`);
    expect(nullable).toEqual([]);
    const loose = await app.query(`select k.conname from pg_constraint k
      join (${tenantTables}) t on t.oid = k.conrelid join (${tenantTables}) r on r.oid = k.confrelid
      where k.contype = 'f' and not exists (select 1 from unnest(k.conkey) n join pg_attribute a
        on a.attrelid = k.conrelid and a.attnum = n where a.attname = 'account_id')`);
    expect(loose).toEqual([]);
  });

  it('gives the login roles no way past row security (B3)', async () => {
    const roles = await app.query(`select rolname from pg_roles where rolname like 'tenantry\\_%'
      and rolname <> 'tenantry_owner' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)`);
    expect(roles).toEqual([]);
    const owned = await app.query(`select tablename from pg_tables where schemaname = 'public'
      and tableowner in ('tenantry_api', 'tenantry_admin', 'tenantry_worker')`);
    expect(owned).toEqual([]);
  });

  it('deletes nothing by cascade (B9)', async () => {
    const foreignKeys = await app.query(
      "select conname, confdeltype, confupdtype from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace",
    );
    expect(foreignKeys.length).toBeGreaterThan(25);
    expect(foreignKeys.filter((key) => key['confdeltype'] !== 'a' || key['confupdtype'] !== 'a')).toEqual([]);
  });

  it('has no view and no function with lent rights (B11, B12)', async () => {
    const views = await app.query("select viewname from pg_views where schemaname = 'public'");
    const lent = await app.query(
      "select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef",
    );
    expect([...views, ...lent]).toEqual([]);
  });

  it('lets only a reference that may be absent be null (B16)', async () => {
    const nullable = await app.query(`select c.relname || '.' || a.attname as name from pg_constraint k
      join pg_class c on c.oid = k.conrelid join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey)
      where k.contype = 'f' and k.connamespace = 'public'::regnamespace and not a.attnotnull order by 1`);
    expect(nullable.map((column) => column['name'])).toEqual([
      'api_key.predecessor_id',
      'api_key.root_id',
      'api_key.site_id',
      'credit_hold.key_id',
      'credit_hold.operation',
      'credit_hold.price_version',
      'credit_hold.site_id',
      'credit_limit.key_id',
      'credit_limit.site_id',
      'invoice.package_id',
      'invoice.plan_id',
      'ledger_entry.grant_id',
      'ledger_entry.hold_id',
      'ledger_entry.reverses_id',
      'money_entry.invoice_id',
      'money_entry.payment_id',
      'owed_credit.grant_id',
      'plan.renews_as',
      'service_key.predecessor_id',
      'staff.user_id',
      'subscription_period.payment_id',
      'webhook_queue.operator_endpoint_id',
      'webhook_queue.own_endpoint_id',
    ]);
  });

  it('counts nothing that all tenants share: no sequence, no serial id (B17)', async () => {
    const sequences = await app.query(
      "select relname from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace",
    );
    expect(sequences.map((sequence) => sequence['relname'])).toEqual(['mikro_orm_migrations_id_seq']);
  });
});
