import { withOldSource } from '@tenantry/db/igny8/source';
import { newId } from '@tenantry/db/ids';
import { openOrm } from '@tenantry/db/orm';
import { type Database, openDatabase } from '@tenantry/db/transaction';
import { type OldProduct, openOldProduct } from '@tenantry/testing/igny8/database';
import { fillSample } from '@tenantry/testing/igny8/sample';
import { faultsOfBooks } from '@tenantry/testing/ledger-faults';
import { type TestDatabase, openTestDatabase } from '@tenantry/testing/database';
import { openMemberIdentity } from '@tenantry/identity/port';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importSource } from './import-source.ts';

const now = new Date('2026-03-10T12:00:00Z');
let old: OldProduct;
let database: TestDatabase;
let owner: Database;
beforeEach(async () => {
  old = await openOldProduct();
  await fillSample(old);
  database = await openTestDatabase();
  owner = openDatabase(await openOrm(database.url('tenantry_owner'), 1));
});
afterEach(async () => {
  await owner.close();
  await database.close();
  await old.close();
});

const actor = { kind: 'system', job: 'import-igny8' } as const;
const identity = openMemberIdentity();
const plans = new Map([['business', 'growth']]);
const run = (isApplied = true, planSlugs = plans) =>
  withOldSource(old.url, (source) =>
    importSource({ database: owner, identity, actor, requestId: newId(), now, planSlugs }, source, {
      isApplied,
    }),
  );
const accounts = () =>
  database.query(
    'select id, name, status, external_id from account where external_id is not null order by external_id',
  );
const idOf = async (externalId: string) =>
  String((await database.query('select id from account where external_id = $1', [externalId]))[0]?.['id']);
const rowsOf = (sql: string, externalId: string) => idOf(externalId).then((id) => database.query(sql, [id]));

describe('an import of igny8', () => {
  it('accounts for every row and every credit, and says why one is not brought as it was', async () => {
    const { tables, credits, notes, faults } = await run();
    expect(faults).toEqual([]);
    const count = (source: number, leftOut: number) => ({
      source,
      brought: source - leftOut,
      before: 0,
      leftOut,
    });
    expect(tables).toEqual({
      accounts: count(4, 0),
      users: count(9, 4),
      subscriptions: count(3, 1),
      sites: count(3, 0),
      sectors: count(4, 2),
      keys: count(2, 2),
      transactions: count(7, 1),
    });
    expect(credits).toEqual({ source: 5070, brought: 5100, before: 0, leftOut: -30 });
    expect(notes.map(({ outcome, table, id, reason }) => `${outcome} ${table} ${id}: ${reason}`)).toEqual([
      'left out users 9: the person has no account',
      'left out keys 1: a key of igny8 is not one of Tenantry: make a new one for this site',
      'left out sectors 2: its site has another of its name',
      'changed sites 2: its domain is that of an earlier site, and is left out',
      'left out sectors 3: it is not active',
      'left out transactions 4: it changes nothing',
      'changed users 4: the role "developer" becomes viewer',
      'changed sites 3: its domain is no host name, and is left out',
      'changed sites 3: it is not active, and is archived',
      'left out keys 3: a key of igny8 is not one of Tenantry: make a new one for this site',
      'changed accounts 3: its name becomes "bad-name"',
      'changed accounts 3: its balance is -30 credits, and becomes 0',
      'left out users 6: user 1 has the same address in another spelling',
      'left out users 7: the person is not active',
      'left out subscriptions 3: the status "unpaid" is not known; the account waits for a payment',
      'left out users 8: the address is not one that mail can be sent to',
      'changed accounts 4: nobody who is brought owns it: staff or a service key must invite an owner',
      'changed accounts 4: it has no subscription and waits for a payment',
    ]);
  });

  it('brings people without a password, subscriptions, sites and sectors', async () => {
    await run();
    expect((await accounts()).map(({ name, status }) => [name, status])).toEqual([
      ['Acme', 'active'],
      ['Zoë & Søn', 'suspended'],
      ['bad-name', 'active'],
      ['No subscription', 'active'],
    ]);
    const people = `select email, app_user.name, role, password_hash, email_verified_at from membership
      join app_user on app_user.id = user_id where account_id = $1 order by email`;
    const [ada, bob] = await rowsOf(people, '1');
    expect(ada).toMatchObject({
      email: 'ada@example.test',
      name: 'Ada Lovelace',
      role: 'owner',
      email_verified_at: null,
    });
    expect(ada?.['password_hash']).toMatch(/^\$argon2id\$/);
    expect(bob).toMatchObject({ email: 'bob@example.test', role: 'editor' });
    const subscription =
      'select status, stripe_subscription_id, period_end from subscription where account_id = $1';
    expect(await rowsOf(subscription, '1')).toEqual([
      { status: 'active', stripe_subscription_id: 'sub_1', period_end: new Date('2026-04-01T00:00:00Z') },
    ]);
    expect(await rowsOf(subscription, '4')).toMatchObject([{ status: 'pending_payment' }]);
    const sites = 'select name, domain, archived_at from site where account_id = $1 order by name';
    expect(await rowsOf(sites, '1')).toEqual([
      { name: 'Blog', domain: 'blog.example.com', archived_at: null },
      { name: 'Shop', domain: null, archived_at: null },
    ]);
    expect(await rowsOf(sites, '2')).toEqual([{ name: 'Old', domain: null, archived_at: now }]);
  });

  it('keeps the age of accounts and people', async () => {
    await run();
    const sql = `select account.created_at as account, app_user.created_at as person from account
      join membership on account_id = account.id join app_user on app_user.id = user_id where account.id = $1
      order by app_user.created_at`;
    expect(await rowsOf(sql, '1')).toEqual([
      { account: new Date('2024-02-01T00:00:00Z'), person: new Date('2024-02-01T00:00:00Z') },
      { account: new Date('2024-02-01T00:00:00Z'), person: new Date('2024-02-02T00:00:00Z') },
    ]);
  });

  it('books the history of the credits, so that the balance is the same and the chain is right', async () => {
    await run();
    const journal = `select amount::int, from_book, available_after::int as after, reference from ledger_entry
      where account_id = $1 order by sequence`;
    const entry = (amount: number, after: number, reference: string) => ({
      amount: Math.abs(amount),
      from_book: amount > 0 ? 'granted' : 'available',
      after,
      reference,
    });
    expect(await rowsOf(journal, '1')).toEqual([
      entry(1000, 1000, 'igny8:1'),
      entry(-150, 850, 'igny8:2'),
      entry(50, 900, 'igny8:3'),
    ]);
    expect(await rowsOf(journal, '2')).toEqual([
      entry(5000, 5000, 'igny8:opening'),
      entry(-800, 4200, 'igny8:5'),
    ]);
    expect(await rowsOf(journal, '3')).toEqual([
      entry(30, 30, 'igny8:opening'),
      entry(100, 130, 'igny8:6'),
      entry(-130, 0, 'igny8:7'),
    ]);
    for (const { id } of await accounts()) expect(await faultsOfBooks(database, String(id))).toEqual([]);
  });

  it('gives the later months of a period that is paid already, each when it begins', async () => {
    await run();
    const next = 'select next_grant_at from credit_balance where account_id = $1';
    expect(await rowsOf(next, '1')).toEqual([{ next_grant_at: null }]);
    expect(await rowsOf(next, '2')).toEqual([{ next_grant_at: new Date('2026-03-31T00:00:00Z') }]);
  });

  it('sends nobody anything', async () => {
    await run();
    expect(await database.query('select topic from outbox_message')).toEqual([]);
  });

  it('rehearses with the same report and writes nothing', async () => {
    const rehearsed = await run(false);
    expect(await accounts()).toEqual([]);
    expect(await database.query('select 1 from app_user')).toEqual([]);
    expect({ ...(await run()), applied: false }).toEqual(rehearsed);
  });

  it('brings each account once', async () => {
    await run();
    const { tables, credits, faults } = await run();
    expect(faults).toEqual([]);
    expect(tables.accounts).toEqual({ source: 4, brought: 0, before: 4, leftOut: 0 });
    expect(credits).toEqual({ source: 5070, brought: 0, before: 5100, leftOut: -30 });
    expect(await accounts()).toHaveLength(4);
  });

  it('is alone with its source', async () => {
    const both = await Promise.allSettled([run(), run()]);
    const refused = both.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
    expect(refused).toEqual([expect.stringContaining('another run reads or changes this database')]);
    expect(await accounts()).toHaveLength(4);
    expect((await run()).faults).toEqual([]);
  });

  it('tells what has changed in the source since an account was brought, and leaves the account', async () => {
    await run();
    await old.query('update igny8_tenants set credits = 850 where id = 1');
    const { faults } = await run();
    expect(faults).toContainEqual(expect.stringContaining('account 1 has changed in the source'));
    const balance = 'select available::int from credit_balance where account_id = $1';
    expect(await rowsOf(balance, '1')).toEqual([{ available: 900 }]);
  });

  it('gives nobody a membership who registered the address and has not confirmed it', async () => {
    const insert = `insert into app_user (id, email, email_digest, password_hash, email_verified_at, created_at)
      values ($1, $2, $3, 'x', $4, now())`;
    const add = (email: string, verifiedAt: Date | null) =>
      database.query(insert, [newId(), email, identity.digestText(email), verifiedAt]);
    await add('bob@example.test', null);
    await add('zoe@example.test', now);
    const { faults, notes } = await run();
    expect(faults).toEqual([]);
    expect(notes).toContainEqual(
      expect.objectContaining({
        outcome: 'left out',
        table: 'users',
        id: '2',
        reason: expect.stringContaining('has not confirmed'),
      }),
    );
    const members = `select email from membership join app_user on app_user.id = user_id where account_id = $1 order by email`;
    expect(await rowsOf(members, '1')).toEqual([{ email: 'ada@example.test' }]);
    expect(await rowsOf(members, '2')).toContainEqual({ email: 'zoe@example.test' });
  });

  it('leaves an account out whose id another account has, and brings the others', async () => {
    await run();
    await database.query("delete from account_import where source_id = '2'");
    const { faults } = await run();
    expect(faults).toEqual(['account 2 is not brought: another account here has its id as external id']);
  });

  it('leaves an account out whose plan is missing, and brings the others', async () => {
    const { faults, tables } = await run(true, new Map([['business', 'nothing']]));
    expect(faults).toEqual(['account 2 is not brought: its plan is not in the catalogue']);
    expect(tables.accounts).toEqual({ source: 4, brought: 3, before: 0, leftOut: 1 });
    expect(tables.sites).toEqual({ source: 3, brought: 2, before: 0, leftOut: 1 });
  });

  it('reads a database after its stages, with payments that are not by Stripe', async () => {
    await old.query(
      'alter table igny8_subscriptions add payment_method varchar(30), add external_payment_id varchar(255)',
    );
    await old.query(
      "update igny8_subscriptions set payment_method = 'bank_transfer', external_payment_id = 'RF18' where id = 1",
    );
    await run();
    const sql = 'select payment_method, external_payment_id from subscription where account_id = $1';
    expect(await rowsOf(sql, '1')).toEqual([
      { payment_method: 'bank_transfer', external_payment_id: 'RF18' },
    ]);
  });
});
