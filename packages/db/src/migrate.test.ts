import { createHash } from 'node:crypto';
import { openTestDatabase } from '@tenantry/testing/database';
import { describe, expect, it } from 'vitest';
import { newId } from './ids.ts';
import { migrate } from './migrate.ts';
import { migrationNames, openOrm } from './orm.ts';

const catalogue = `select 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || a.attnotnull
    || coalesce(pg_get_expr(d.adbin, d.adrelid), '') as it
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
  union all select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
  from pg_constraint where connamespace = 'public'::regnamespace
  union all select 'index ' || indexdef from pg_indexes where schemaname = 'public'
  union all select 'policy ' || tablename || ' ' || policyname || ' ' || permissive || ' ' || cmd || ' ' || roles::text || coalesce(qual, '') || coalesce(with_check, '') from pg_policies
  union all select 'trigger ' || pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
  union all select 'security ' || relname || ' ' || relrowsecurity || relforcerowsecurity
  from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not like 'mikro_orm%'
  union all select 'grant ' || relname || ' ' || acl.grantee::regrole || ' ' || acl.privilege_type
  from pg_class cross join aclexplode(relacl) acl where relnamespace = 'public'::regnamespace and relkind = 'r'
  union all select 'grant ' || attrelid::regclass || '.' || attname || ' ' || acl.grantee::regrole || ' ' || acl.privilege_type
  from pg_attribute cross join aclexplode(attacl) acl where not attisdropped and attrelid::regclass::text in ('account')
  union all select 'function ' || pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace order by 1`;

describe('the migrations', () => {
  it('go up, down and up again to the same schema, and do nothing when there is nothing to do', async () => {
    const app = await openTestDatabase();
    const ownerUrl = app.url('tenantry_owner');
    const roleUrls = [app.url('tenantry_api'), app.url('tenantry_admin'), app.url('tenantry_worker')];
    const before = await app.query(catalogue);
    expect(before.length).toBeGreaterThan(300);
    expect(await migrate(ownerUrl, roleUrls)).toEqual([]);
    const orm = await openOrm(ownerUrl, 1);
    await orm.migrator.down({ to: 0 });
    const left = await app.query(
      "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not like 'mikro_orm%'",
    );
    expect(left).toEqual([]);
    await orm.close(true);
    expect(await migrate(ownerUrl, roleUrls)).toEqual(migrationNames);
    expect(await app.query(catalogue)).toEqual(before);
    await app.close();
  });

  it('take the permissive policies back to what stood before them', async () => {
    const app = await openTestDatabase();
    const orm = await openOrm(app.url('tenantry_owner'), 1);
    const after = await app.query(catalogue);
    await orm.migrator.down({ to: 0 });
    await orm.migrator.up({ to: '0014-spending-limits' });
    const before = await app.query(catalogue);
    await orm.migrator.up();
    expect(await app.query(catalogue)).toEqual(after);
    await orm.migrator.down({ to: '0014-spending-limits' });
    expect(await app.query(catalogue)).toEqual(before);
    await orm.close(true);
    await app.close();
  });

  it('keep the answer to a bank’s reference, there and back', async () => {
    const app = await openTestDatabase();
    const orm = await openOrm(app.url('tenantry_owner'), 1);
    await orm.migrator.down({ to: '0015-permissive-policies' });
    const [account, payment] = [newId(), newId()];
    await app.query("insert into account (id, name, created_at) values ($1, 'An account', now())", [account]);
    await app.query('set session_replication_role = replica');
    await app.query(
      `insert into external_reference (method, reference, account_id, payment_id, answer)
       values ('bank_transfer', 'FT1', $1, $2, '{"paid":true}')`,
      [account, payment],
    );
    await orm.migrator.up();
    const stored = 'select procedure, key, fingerprint, state, status, body from idempotency_record';
    expect(await app.query(stored)).toEqual([
      {
        procedure: 'billing.confirmBankTransfer',
        key: 'reference FT1',
        fingerprint: 'FT1',
        state: 'done',
        status: 200,
        body: '{"paid":true}',
      },
    ]);
    await orm.migrator.down({ to: '0015-permissive-policies' });
    expect(await app.query('select answer from external_reference')).toEqual([{ answer: '{"paid":true}' }]);
    await orm.close(true);
    await app.close();
  });

  it('list each membership of an account that stood before the directory', async () => {
    const app = await openTestDatabase();
    const orm = await openOrm(app.url('tenantry_owner'), 1);
    await orm.migrator.down({ to: '0014-spending-limits' });
    const [user, account] = [newId(), newId()];
    await app.query(
      "insert into app_user (id, email, email_digest, password_hash, created_at) values ($1, 'a', 'a', 'none', now())",
      [user],
    );
    await app.query("insert into account (id, name, created_at) values ($1, 'An account', now())", [account]);
    await app.query(
      "insert into membership (account_id, user_id, role, created_at) values ($1, $2, 'owner', now())",
      [account, user],
    );
    await orm.migrator.up();
    expect(await app.query('select user_id, account_id from membership_directory')).toEqual([
      { user_id: user, account_id: account },
    ]);
    await orm.close(true);
    await app.close();
  });

  const insertUser = `insert into app_user (id, email, email_digest, password_hash, created_at)
    values ($1, $2, $2, 'none', now())`;
  const insertSite = `insert into site (account_id, id, name, domain, created_at)
    values ($1, $2, 'A site', $3, now())`;

  it('bring addresses, domains and plans to their one spelling, and end dead invitations', async () => {
    const app = await openTestDatabase();
    const orm = await openOrm(app.url('tenantry_owner'), 1);
    await orm.migrator.down({ to: '0017-archived-sites' });
    const [user, account, site] = [newId(), newId(), newId()];
    await app.query(insertUser, [user, 'ada@bücher.example']);
    await app.query("insert into account (id, name, created_at) values ($1, 'An account', now())", [account]);
    await app.query(insertSite, [account, site, '0x7f.1']);
    await app.query("update plan set slug = 'Starter' where slug = 'starter'");
    await app.query(
      "insert into membership (account_id, user_id, role, created_at) values ($1, $2, 'admin', now())",
      [account, user],
    );
    const invite = `insert into invitation (account_id, id, email, email_digest, role, invited_by, created_at, expires_at)
      values ($1, $2, $3, $3, $4, $5, now(), now() + interval '7 days')`;
    await app.query(invite, [account, newId(), 'older@xn--bcher-kva.example', 'viewer', user]);
    await app.query(
      "update invitation set email_digest = encode(sha256(convert_to(email, 'UTF8')), 'hex')",
      [],
    );
    await app.query(invite, [account, newId(), 'older@bücher.example', 'editor', user]);
    await app.query(invite, [account, newId(), 'demoted@a.example', 'owner', user]);
    await app.query(invite, [account, newId(), 'left@a.example', 'viewer', newId()]);
    await orm.migrator.up();
    const spelled = 'ada@xn--bcher-kva.example';
    expect(await app.query('select email, email_digest from app_user')).toEqual([
      { email: spelled, email_digest: createHash('sha256').update(spelled).digest('hex') },
    ]);
    expect(await app.query('select domain from site')).toEqual([{ domain: '127.0.0.1' }]);
    expect(await app.query("select slug from plan where slug ilike 'starter'")).toEqual([
      { slug: 'starter' },
    ]);
    expect(
      await app.query('select email, role, revoked_at is null as open from invitation order by email, role'),
    ).toEqual([
      { email: 'demoted@a.example', role: 'owner', open: false },
      { email: 'left@a.example', role: 'viewer', open: false },
      { email: 'older@xn--bcher-kva.example', role: 'editor', open: true },
      { email: 'older@xn--bcher-kva.example', role: 'viewer', open: false },
    ]);
    await orm.close(true);
    await app.close();
  });

  it('refuse two rows of one spelling with a list, and change nothing', async () => {
    const app = await openTestDatabase();
    const orm = await openOrm(app.url('tenantry_owner'), 1);
    await orm.migrator.down({ to: '0017-archived-sites' });
    const [user, other, account] = [newId(), newId(), newId()];
    await app.query(insertUser, [user, 'ada@bücher.example']);
    await app.query(insertUser, [other, 'ada@xn--bcher-kva.example']);
    await expect(orm.migrator.up()).rejects.toThrow(`app_user ${user} (ada@bücher.example) and ${other}`);
    await app.query('delete from app_user');
    await app.query("insert into account (id, name, created_at) values ($1, 'An account', now())", [account]);
    await app.query(insertSite, [account, user, '0x7f.1']);
    await app.query(insertSite, [account, other, '127.0.0.1']);
    await expect(orm.migrator.up()).rejects.toThrow(`site ${user} (0x7f.1) and ${other} (127.0.0.1)`);
    expect(await app.query("select to_regclass('email_bound')::text as it")).toEqual([{ it: null }]);
    await orm.close(true);
    await app.close();
  });

  it('refuse a role that is not a login role', async () => {
    const app = await openTestDatabase();
    const unknown = app.url('postgres');
    await expect(migrate(app.url('tenantry_owner'), [unknown])).rejects.toThrow(
      'postgres is not a login role of the app',
    );
    await app.close();
  });

  it('give a subscription that runs its period, and its plan credits their grace', async () => {
    const app = await openTestDatabase();
    const orm = await openOrm(app.url('tenantry_owner'), 1);
    await orm.migrator.down({ to: '0017-archived-sites' });
    const account = newId();
    await app.query("insert into account (id, name, created_at) values ($1, 'An account', now())", [account]);
    await app.query(
      `insert into subscription (account_id, id, plan_id, status, period_start, period_end)
       select $1, $2, id, 'active', '2026-01-31T12:00:00Z', '2027-01-31T12:00:00Z' from plan where slug = 'starter'`,
      [account, newId()],
    );
    await app.query("update plan set cycle = 'annual' where slug = 'starter'");
    await app.query(
      `insert into credit_grant (account_id, id, kind, amount, available, held, expires_at, reference, created_at) values
       ($1, $2, 'plan', 7, 7, 0, '2027-01-31T12:00:00Z', 'last month', now()), ($1, $3, 'promo', 7, 7, 0, '2027-01-31T12:00:00Z', 'promo', now())`,
      [account, newId(), newId()],
    );
    await orm.migrator.up();
    const periods = `select months, anchor_at = starts_at as "isAnchor", starts_at::text as start, ends_at::text as "end"
      from subscription_period where account_id = $1`;
    expect(await app.query(periods, [account])).toEqual([
      { months: 12, isAnchor: true, start: '2026-01-31 12:00:00+00', end: '2027-01-31 12:00:00+00' },
    ]);
    const grants =
      'select kind, expires_at::text as "end" from credit_grant where account_id = $1 order by kind';
    expect(await app.query(grants, [account])).toEqual([
      { kind: 'plan', end: '2027-02-07 12:00:00+00' },
      { kind: 'promo', end: '2027-01-31 12:00:00+00' },
    ]);
    await orm.close(true);
    await app.close();
  });
});
