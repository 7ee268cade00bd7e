import { randomUUID } from 'node:crypto';
import { launchCluster } from '@tenantry/testing/cluster';
import { type TestDatabase, openDatabaseAt, openTestDatabase } from '@tenantry/testing/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTenantry } from './run.fixture.ts';

let app: TestDatabase;
/** The URLs that a command may be given, by their setting. */
let urls: Record<UrlSetting, string>;
type UrlSetting = 'MIGRATION_DATABASE_URL' | 'DATABASE_URL' | 'ADMIN_DATABASE_URL' | 'WORKER_DATABASE_URL';
beforeAll(async () => {
  app = await openTestDatabase();
  urls = {
    MIGRATION_DATABASE_URL: app.url('tenantry_owner'),
    DATABASE_URL: app.url('tenantry_api'),
    ADMIN_DATABASE_URL: app.url('tenantry_admin'),
    WORKER_DATABASE_URL: app.url('tenantry_worker'),
  };
});
afterAll(() => app.close());

const demo = {
  MODE: 'demo',
  API_KEY_PEPPER: 'q8V3nKxw2ZrT7yBd5LmP0sHc9JfG4aEu',
  DEMO_OWNER_PASSWORD: 'correct horse battery',
  DEMO_STAFF_PASSWORD: 'correct horse battery',
};

/** Runs a command with these URLs set and no other. */
const tenantry = (command: string, given: readonly UrlSetting[], more: Record<string, string> = {}) =>
  runTenantry(command.split(' '), {
    ...Object.fromEntries(given.map((name) => [name, urls[name]])),
    ...more,
  });

describe('the command line', () => {
  it('migrates, and says when there is nothing to do', async () => {
    expect(await tenantry('migrate', ['MIGRATION_DATABASE_URL'])).toEqual({
      code: 0,
      text: 'The schema is up to date.',
    });
  });

  it('migrates no further than to a role that it cannot create without its URL', async () => {
    const cluster = await launchCluster('partly');
    const database = await openDatabaseAt(cluster.socketFolder, 'partly');
    await database.query('alter role tenantry_worker rename to renamed');
    const url = { MIGRATION_DATABASE_URL: database.url('tenantry_owner') };
    const migrated = await tenantry('migrate', [], url);
    await database.close();
    await cluster.stop();
    await cluster.discard();
    expect(migrated).toEqual({
      code: 1,
      text: 'WORKER_DATABASE_URL is not set: migrate creates tenantry_worker with the password in it',
    });
  });

  it('looks for what is unsafe, and fails when it finds it', async () => {
    for (const name of ['DATABASE_URL', 'ADMIN_DATABASE_URL', 'WORKER_DATABASE_URL'] as const)
      expect(await tenantry('doctor', [name])).toEqual({ code: 0, text: 'Nothing found.' });
    await app.query('alter table site disable row level security');
    const all = ['DATABASE_URL', 'ADMIN_DATABASE_URL', 'WORKER_DATABASE_URL'] as const;
    expect(await tenantry('doctor', all)).toEqual({
      code: 1,
      text: '✗ table site has no forced row security\n1 found.',
    });
    await app.query('alter table site enable row level security');
  });

  it('seeds a demo once, and only where demos are', async () => {
    const both = ['MIGRATION_DATABASE_URL', 'DATABASE_URL'] as const;
    const refused = await tenantry('seed', both, { ...demo, MODE: 'production' });
    expect(refused).toEqual({
      code: 1,
      text: 'seed makes demo people with known passwords; it needs MODE=demo',
    });
    const first = JSON.parse((await tenantry('seed', both, demo)).text);
    expect(first.apiKey).toMatch(/^tny_live_/);
    const rerun = await tenantry('seed', both, { ...demo, DEMO_API_KEY: first.apiKey });
    const again = JSON.parse(rerun.text);
    expect(again).toEqual(first);
    const [row] = await app.query(
      'select (select count(*) from account)::int as accounts, (select count(*) from staff)::int as staff',
    );
    expect(row).toEqual({ accounts: 1, staff: 4 });
  });

  it('makes a system account of a known account alone, and the audit says why', async () => {
    const [account] = await app.query('select id from account');
    const id = String(account?.['id']);
    const command = `system-account ${id} --reason metrics`;
    const asOwner = (words: string) => tenantry(words, ['MIGRATION_DATABASE_URL']);
    expect(await asOwner(command)).toEqual({ code: 0, text: `${id} is now a system account.` });
    expect(await asOwner(command)).toEqual({ code: 1, text: 'the account is one already' });
    const unknown = randomUUID();
    expect(await asOwner(`system-account ${unknown} --reason metrics`)).toEqual({
      code: 1,
      text: `the account ${unknown} does not exist`,
    });
    expect((await asOwner(`${command} --revoke`)).text).toBe(`${id} is no longer a system account.`);
    const audited = await app.query(
      "select action, actor, facts ->> 'reason' as reason from audit_entry where action like 'account.%System' order by id",
    );
    const by = { actor: 'system:cli', reason: 'metrics' };
    expect(audited).toEqual([
      { action: 'account.grantSystem', ...by },
      { action: 'account.revokeSystem', ...by },
    ]);
  });

  it('verifies the ledger as the worker, of every account or of one', async () => {
    const verify = (words = '') => tenantry(`verify-ledger${words}`, ['WORKER_DATABASE_URL']);
    expect(await verify()).toEqual({ code: 0, text: '1 verified, 0 found.' });
    const [account] = await app.query('select id from account');
    const id = String(account?.['id']);
    await app.query('update credit_balance set granted = granted + 1, available = available + 1');
    const { code, text } = await verify(` ${id}`);
    expect([code, text.split('\n').at(-1)]).toEqual([1, '1 verified, 2 found.']);
    expect(text).toContain(`✗ account ${id}: `);
    await app.query('update credit_balance set granted = granted - 1, available = available - 1');
  });

  it('does not verify the ledger as a role that sees no account', async () => {
    const wrong = { WORKER_DATABASE_URL: urls.DATABASE_URL };
    expect(await tenantry('verify-ledger', [], wrong)).toEqual({
      code: 1,
      text: 'WORKER_DATABASE_URL must be a URL of the role tenantry_worker, which sees every account',
    });
  });
});

describe('a command without the URL that it needs', () => {
  const unusable = (fault: string) => ({ code: 1, text: `The configuration cannot be used: ${fault}.` });
  const others = (name: UrlSetting) =>
    (['MIGRATION_DATABASE_URL', 'DATABASE_URL', 'ADMIN_DATABASE_URL', 'WORKER_DATABASE_URL'] as const).filter(
      (other) => other !== name,
    );

  it.each([
    ['migrate', 'MIGRATION_DATABASE_URL', 'migrate changes the schema, which its owner alone may'],
    [
      'system-account 0198f000-0000-7000-8000-000000000000 --reason metrics',
      'MIGRATION_DATABASE_URL',
      'system-account writes a flag that the owner of the schema alone may',
    ],
    ['seed', 'MIGRATION_DATABASE_URL', 'seed writes staff, which the owner of the schema alone may'],
    ['seed', 'DATABASE_URL', 'seed makes the demo account as the API would'],
    [
      'verify-ledger',
      'WORKER_DATABASE_URL',
      'verify-ledger reads every account, as the role tenantry_worker may',
    ],
  ] as const)('%s says that %s is not set, and why', async (command, name, why) => {
    expect(await tenantry(command, others(name), demo)).toEqual(unusable(`${name} is not set: ${why}`));
  });

  it('doctor asks for one of three', async () => {
    const why = 'doctor examines the database as the processes see it';
    expect(await tenantry('doctor', ['MIGRATION_DATABASE_URL'])).toEqual(
      unusable(`none of DATABASE_URL, ADMIN_DATABASE_URL, WORKER_DATABASE_URL is set: ${why}`),
    );
  });

  it('names every fault at once, in one line and without a value', async () => {
    const { code, text } = await tenantry('migrate', [], { WORKER_DATABASE_URL: 'mysql://secret' });
    expect(code).toBe(1);
    expect(text).toBe(
      'The configuration cannot be used: MIGRATION_DATABASE_URL is not set: migrate changes the schema, which its owner alone may; WORKER_DATABASE_URL must be a postgresql:// URL.',
    );
  });
});
