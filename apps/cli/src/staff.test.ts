import { type TestDatabase, openTestDatabase } from '@tenantry/testing/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTenantry } from './run.fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

const staff = (...words: string[]) =>
  runTenantry(['staff', ...words], { MIGRATION_DATABASE_URL: database.url('tenantry_owner') });
const hashes = () => database.query('select password_hash from staff order by id');

describe('tenantry staff', () => {
  it('adds the first member of a bare database, and shows the password once', async () => {
    expect(await staff('list')).toEqual({
      code: 0,
      text: 'There is no staff. `tenantry staff add` adds the first member.',
    });
    const added = await staff('add', ' Ada@Staff.Example', '--role', 'platform_admin');
    expect(added.code).toBe(0);
    expect(added.text).toMatch(
      /^ada@staff\.example is now staff with the role platform_admin\.\nPassword {2}[\w-]{20}\nIt is shown only now\./,
    );
    expect(await staff('list')).toEqual({
      code: 0,
      text: 'ada@staff.example\tplatform_admin\tenabled\tnever signed in',
    });
  });

  it('disables and resets a member, and says what it did', async () => {
    const [former] = await hashes();
    expect(await staff('disable', 'ada@staff.example')).toEqual({
      code: 0,
      text: 'ada@staff.example can no longer sign in, and every session of theirs has ended.',
    });
    expect((await staff('list')).text).toMatch(/^ada@staff\.example\tplatform_admin\tdisabled 2\d{3}-/);
    const reset = await staff('reset', 'ada@staff.example', '--enable');
    expect(reset.text).toMatch(
      /^ada@staff\.example has a new password and no second factor, .*\nPassword {2}[\w-]{20}\n/,
    );
    expect(await hashes()).not.toEqual([former]);
  });

  it.each([
    [['add', 'ada@staff.example', '--role', 'support'], /^ada@staff\.example is staff already; /],
    [['add', 'ada', '--role', 'support'], /^"ada" is not an e-mail address$/],
    [['add', 'eve@staff.example'], /required option '--role <role>' not specified/],
    [['add', 'eve@staff.example', '--role', 'owner'], /Allowed choices are support, finance, platform_admin/],
    [['disable', 'eve@staff.example'], /^eve@staff\.example is not staff$/],
    [['reset', 'eve@staff.example'], /^eve@staff\.example is not staff; `tenantry staff add` adds them$/],
    [['reset', "'; drop table staff; --"], /is not an e-mail address$/],
  ])('refuses %j in one line, and changes nothing', async (words, why) => {
    const before = await hashes();
    const refused = await staff(...words);
    expect(refused).toEqual({ code: 1, text: expect.stringMatching(why) });
    expect(refused.text).not.toContain('\n');
    expect(await hashes()).toEqual(before);
  });

  it('needs the owner of the schema', async () => {
    expect(await runTenantry(['staff', 'list'], {})).toEqual({
      code: 1,
      text: 'The configuration cannot be used: MIGRATION_DATABASE_URL is not set: staff are written by the owner of the schema alone.',
    });
    const asApi = { MIGRATION_DATABASE_URL: database.url('tenantry_api') };
    const refused = await runTenantry(['staff', 'add', 'eve@staff.example', '--role', 'support'], asApi);
    expect(refused.code).toBe(1);
    expect(refused.text).toMatch(/permission denied for table staff/);
  });
});
