import { type TestDatabase, openTestDatabase } from '@tenantry/testing/database';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { examineDatabase, examineRole, refuseUnsafe } from './doctor.ts';

let app: TestDatabase;
beforeEach(async () => {
  app = await openTestDatabase();
});
afterEach(() => app.close());

/** One way to make the schema unsafe, and what the doctor must say of it. */
const mutants: readonly [what: string, sql: string, told: RegExp][] = [
  ['row security is off', 'alter table site disable row level security', /site is not behind forced row/],
  [
    'the owner is not forced',
    'alter table sector no force row level security',
    /sector is not behind forced/,
  ],
  [
    'a restrictive policy is missing',
    'drop policy site_wall_update on site',
    /site has no restrictive policy for tenantry_api to update/,
  ],
  [
    'a policy shows all',
    'create policy wide on site to tenantry_api using (true)',
    /wide on site lets tenantry_api/,
  ],
  [
    'a policy shows all to anybody',
    'create policy wide on site using (true)',
    /wide on site lets tenantry_api/,
  ],
  ['a table has no wall', 'create table loose (account_id uuid not null)', /loose is not behind forced/],
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
    'a table may be emptied',
    'grant truncate on site to tenantry_worker',
    /tenantry_worker may truncate table site/,
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
    "insert into mikro_orm_migrations (name) values ('9999-later')",
    /the schema is ahead of the code: 9999-later/,
  ],
];

describe('the doctor', () => {
  it('finds nothing in a house as it is migrated, through every role', async () => {
    for (const role of ['tenantry_api', 'tenantry_admin', 'tenantry_worker'] as const) {
      expect(await examineDatabase(app.url(role))).toEqual([]);
      expect(await examineRole(app.url(role))).toEqual([]);
      await refuseUnsafe(app.url(role));
    }
  });

  it.each(mutants)('says when %s', async (_what, sql, told) => {
    await app.query(sql);
    const faults = await examineDatabase(app.url('tenantry_api'));
    expect(
      faults.filter((fault) => told.test(fault)),
      faults.join('\n'),
    ).not.toEqual([]);
    await expect(refuseUnsafe(app.url('tenantry_api'))).rejects.toThrow(told);
  });

  it('refuses a role that walks past row security, and any role that is not of the house', async () => {
    expect(await examineRole(app.url('postgres'))).toEqual(
      expect.arrayContaining([
        'role postgres can bypass row security',
        'postgres is not a login role of the house',
      ]),
    );
    expect(await examineRole(app.url('tenantry_owner'))).toEqual(
      expect.arrayContaining([
        'tenantry_owner is not a login role of the house',
        'role tenantry_owner owns table site',
      ]),
    );
  });
});
