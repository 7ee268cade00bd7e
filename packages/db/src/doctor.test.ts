import { type TestDatabase, openTestDatabase } from '@tenantry/testing/database';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { examineDatabase, examineRole, refuseUnsafe } from './doctor.ts';

let app: TestDatabase;
beforeEach(async () => {
  app = await openTestDatabase();
});
afterEach(() => app.close());

/** Changes that make the schema unsafe, each with the fault that the doctor must report. */
const mutants: readonly [what: string, sql: string, message: RegExp][] = [
  ['row security is off', 'alter table site disable row level security', /site has no forced row security/],
  ['the owner is not forced', 'alter table sector no force row level security', /sector has no forced row/],
  [
    'a table of people has no row security',
    'alter table platform_metric disable row level security',
    /platform_metric has no forced row security/,
  ],
  ['a new table has none', 'create table loose (account_id uuid not null)', /loose has no forced row/],
  [
    'a grant has no policy',
    'drop policy site_api_update on site',
    /tenantry_api may update site, and no policy says which rows/,
  ],
  [
    'a role and verb have a second policy',
    'create policy wide on site for select to tenantry_api using (account_id = current_account_id())',
    /site has more than one policy for tenantry_api to select: site_api_select, wide/,
  ],
  [
    'a policy for every verb comes beside those of one',
    'create policy wide on site to tenantry_worker using (true)',
    /site has more than one policy for tenantry_worker to select/,
  ],
  [
    'a policy is for everybody',
    'create policy wide on site for select using (account_id = current_account_id())',
    /site has more than one policy for tenantry_admin to select/,
  ],
  [
    'a policy is restrictive',
    'create policy narrow on site as restrictive for select to tenantry_api using (account_id = current_account_id())',
    /policy narrow on site is restrictive/,
  ],
  [
    'a policy holds a sub-query',
    `drop policy site_api_select on site; create policy site_api_select on site for select to tenantry_api
      using (account_id = current_account_id() and exists (select 1 from account))`,
    /policy site_api_select on site holds a sub-query/,
  ],
  [
    'a check of a policy holds a sub-query',
    `drop policy site_api_insert on site; create policy site_api_insert on site for insert to tenantry_api
      with check (account_id = current_account_id() and exists (select 1 from account))`,
    /policy site_api_insert on site holds a sub-query/,
  ],
  [
    'a policy shows all',
    'drop policy site_api_select on site; create policy wide on site for select to tenantry_api using (true)',
    /wide on site lets tenantry_api past without asking for whom/,
  ],
  [
    'a policy lets all be written',
    'drop policy site_api_insert on site; create policy wide on site for insert to tenantry_api with check (name is not null)',
    /wide on site lets tenantry_api past without asking for whom/,
  ],
  [
    'a plan has no rate for a scope',
    "alter table plan drop constraint plan_throttle_rates_check; update plan set throttle_rates = throttle_rates - 'billing' where slug = 'trial'",
    /plan trial, version 1: The rate of billing is not a whole number/,
  ],
  [
    'a plan lets an account hold more than it may settle',
    `alter table plan drop constraint plan_settle_rate_check;
      update plan set throttle_rates = throttle_rates || '{"credit_settle": 1919}' where slug = 'trial'`,
    /plan trial, version 1: The rate of credit_settle is 1919, and with 60 holds a minute it must be 1920/,
  ],
  ['an account may be null', 'create table loose (account_id uuid)', /account_id may be null on loose/],
  [
    'a key leaves the account out',
    'create unique index wide on site (name)',
    /wide on site does not include account_id/,
  ],
  [
    'a reference leaves the account out',
    'create unique index half on site (id); alter table sector add constraint half_key foreign key (site_id) references site (id)',
    /foreign key half_key on sector does not include/,
  ],
  [
    'the journal may be changed',
    'grant update on ledger_entry to tenantry_api',
    /may update append-only table ledger_entry/,
  ],
  [
    'the API may do what it never does',
    'grant update on payment to tenantry_api',
    /tenantry_api may update table payment, which no code of the API does/,
  ],
  [
    'a table may be emptied',
    'grant truncate on site to tenantry_worker',
    /tenantry_worker may truncate table site/,
  ],
  [
    'the API may read security events',
    'grant select on security_event to tenantry_api',
    /tenantry_api may read security_event/,
  ],
  ['everybody may read', 'grant select on site to public', /PUBLIC may select table site/],
  [
    'a function lends its rights',
    "create function lend() returns int language sql security definer as 'select 1'",
    /function lend\(\) runs with its owner's rights/,
  ],
  [
    'a view lends its rights',
    'create view lent as select * from site',
    /view lent reads with its owner's rights/,
  ],
  ['a migration is missing', 'delete from mikro_orm_migrations', /the schema is behind the code: 0001/],
  [
    'a migration is unknown',
    "insert into mikro_orm_migrations (name) values ('9999-unknown')",
    /the schema is ahead of the code: 9999-unknown/,
  ],
];

describe('the doctor', () => {
  it('finds nothing in a schema as it is migrated, through every role', async () => {
    for (const role of ['tenantry_api', 'tenantry_admin', 'tenantry_worker'] as const) {
      expect(await examineDatabase(app.url(role))).toEqual([]);
      expect(await examineRole(app.url(role))).toEqual([]);
      await refuseUnsafe(app.url(role));
    }
  });

  it.each(mutants)('says when %s', async (_what, sql, message) => {
    await app.query(sql);
    const faults = await examineDatabase(app.url('tenantry_api'));
    expect(
      faults.filter((fault) => message.test(fault)),
      faults.join('\n'),
    ).not.toEqual([]);
    await expect(refuseUnsafe(app.url('tenantry_api'))).rejects.toThrow(message);
  });

  it('refuses a role that row security does not bind or that can change it, and an unknown one', async () => {
    expect(await examineRole(app.url('postgres'))).toEqual(
      expect.arrayContaining([
        'role postgres can bypass row security',
        'role postgres can become role tenantry_owner',
        'role postgres can create tables',
        'postgres is not a login role of the app',
      ]),
    );
    expect(await examineRole(app.url('tenantry_owner'))).toEqual(
      expect.arrayContaining([
        'tenantry_owner is not a login role of the app',
        'role tenantry_owner owns table site',
      ]),
    );
  });
});
