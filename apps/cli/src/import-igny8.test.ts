import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestApp, openTestApp } from '@tenantry/testing/app';
import { type TestDatabase, openTestDatabase } from '@tenantry/testing/database';
import { type OldProduct, openOldProduct } from '@tenantry/testing/igny8/database';
import { fillSample } from '@tenantry/testing/igny8/sample';
import { mailedToken } from '@tenantry/testing/mailbox';
import { verdictOf } from '@tenantry/testing/procedures';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runTenantry } from './run.fixture.ts';

let old: OldProduct;
beforeAll(async () => {
  old = await openOldProduct();
  await fillSample(old);
});
afterAll(() => old.close());

const importInto = (database: TestDatabase, words: string[] = [], failpoint?: string) =>
  runTenantry(['import-igny8', '--source', old.url, ...words], {
    MODE: 'demo',
    MIGRATION_DATABASE_URL: database.url('tenantry_owner'),
    ...(failpoint === undefined ? {} : { FAILPOINT: failpoint }),
  });
const mapped = ['--plan', 'business=growth'];
const importsIn = async (database: TestDatabase) =>
  (await database.query('select source_id from account_import order by source_id')).map(
    (row) => row['source_id'],
  );

describe('tenantry import-igny8', () => {
  let database: TestDatabase;
  beforeEach(async () => {
    database = await openTestDatabase();
  });
  afterEach(() => database.close());

  it('names the plans that the catalogue lacks, and writes a catalogue that has them', async () => {
    const refused = await importInto(database, ['--apply']);
    expect(refused.code).toBe(1);
    expect(refused.text).toContain(
      'business (Business): 89.00 monthly, 5000 credits, 5 users, 10 sites; 1 accounts',
    );
    expect(await importsIn(database)).toEqual([]);
    const { text } = await importInto(database, ['--catalogue', 'USD']);
    const folder = await mkdtemp(join(tmpdir(), 'import-'));
    const file = join(folder, 'catalogue.yaml');
    await writeFile(file, text);
    const settings = { MIGRATION_DATABASE_URL: database.url('tenantry_owner') };
    expect((await runTenantry(['catalogue', 'apply', file], settings)).code).toBe(0);
    await rm(folder, { recursive: true });
    const [plan] = await database.query("select price_amount::int, state from plan where slug = 'business'");
    expect(plan).toEqual({ price_amount: 8900, state: 'unlisted' });
    expect((await importInto(database, ['--apply'])).code).toBe(0);
    expect(await importsIn(database)).toEqual(['1', '2', '3', '4']);
  });

  it('rehearses without --apply, prints the counts, and then writes what it said', async () => {
    const rehearsed = await importInto(database, mapped);
    expect(rehearsed.code).toBe(0);
    expect(rehearsed.text).toMatch(/^users +9 +5 +0 +4$/m);
    expect(rehearsed.text).toContain('left out: users 7 of account 3: the person is not active');
    expect(rehearsed.text).toContain('Nothing is written: this was a rehearsal.');
    expect(await importsIn(database)).toEqual([]);
    const written = await importInto(database, [...mapped, '--apply']);
    expect(written.text.split('\n').slice(0, -1)).toEqual(rehearsed.text.split('\n').slice(0, -1));
    const report = JSON.parse((await importInto(database, [...mapped, '--apply', '--json'])).text);
    expect(report).toMatchObject({
      applied: true,
      faults: [],
      tables: { accounts: { before: 4, brought: 0 } },
    });
  });

  it.each(['transact_written:3:kill', 'transact_committed:2:kill'])(
    'goes on after %s where it was, and doubles nothing',
    async (failpoint) => {
      expect((await importInto(database, [...mapped, '--apply'], failpoint)).code).toBe('SIGKILL');
      expect(await importsIn(database)).toEqual(['1', '2']);
      const again = await importInto(database, [...mapped, '--apply']);
      expect(again.code).toBe(0);
      expect(again.text).toMatch(/^accounts +4 +2 +2 +0$/m);
      const entries = await database.query('select count(*)::int as n from ledger_entry');
      expect(entries).toEqual([{ n: 8 }]);
    },
  );

  it.each([
    [['--plan', 'business'], '--plan takes the slug there and the slug here'],
    [['--plan', 'business=no-such-plan'], 'business (Business)'],
  ])('refuses %j', async (words, fault) => {
    const { code, text } = await importInto(database, words);
    expect(code).toBe(1);
    expect(text).toContain(fault);
  });

  it('ends with 1 for a source that is not a database of igny8', async () => {
    const empty = await openOldProduct({ isEmpty: true });
    const settings = { MIGRATION_DATABASE_URL: database.url('tenantry_owner') };
    const refused = await runTenantry(['import-igny8', '--source', empty.url], settings);
    await empty.close();
    expect(refused).toMatchObject({
      code: 1,
      text: expect.stringContaining('it has no table igny8_credit_transactions'),
    });
  });
});

describe('a person of igny8', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openTestApp();
    await importInto(app.database, [...mapped, '--apply']);
  });
  afterAll(() => app.close());
  const signIn = (password: string) =>
    app.rest('POST', '/v1/sessions', { body: { email: 'ada@example.test', password } });

  it('does not sign in before they have set a password by their mailbox, and then owns the account', async () => {
    expect(verdictOf(await signIn('the password of the old product'))).toBe('401 unauthenticated');
    await app.rest('POST', '/v1/password-resets', { body: { email: 'ada@example.test' } });
    const token = await mailedToken(app, 'ada@example.test', 'password-reset');
    const password = 'a password for the new product';
    const confirmed = await app.rest('POST', '/v1/password-resets/confirm', { body: { token, password } });
    expect(confirmed.status).toBe(200);
    const { accessToken: bearer, accounts } = (await signIn(password)).body;
    expect(accounts).toMatchObject([{ name: 'Acme', role: 'owner' }]);
    const credits = await app.rest('GET', '/v1/credits', { bearer });
    expect(credits.body).toMatchObject({ available: 900, spent: 0 });
    const account = await app.rest('GET', '/v1/account', { bearer });
    expect(account.body).toMatchObject({ externalId: '1' });
  });
});
