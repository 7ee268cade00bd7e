import { type RunningApi, type TestApp, openTestApp } from '@tenantry/testing/app';
import { type Plans, openPlans } from '@tenantry/testing/index-paths';
import { makeKey, signInCookie } from '@tenantry/testing/users';
import { type SentStatement, openWire } from '@tenantry/testing/statement-recorder';
import { type World, openWorld } from '@tenantry/testing/fixture';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as idempotency from '@tenantry/db/idempotency/statements';
import { openOrm } from '@tenantry/db/orm';
import type { Statement } from '@tenantry/db/sql';
import { openDatabase } from '@tenantry/db/transaction';
import { change } from './change.ts';
import type { LedgerService } from './service.ts';
import * as statements from './statements.ts';
import { writes } from './writes.ts';

const holdColumns = 'account_id, id, amount, status, settled_amount, expires_at, created_at';
const entryColumns =
  'account_id, id, sequence, at, kind, from_book, to_book, amount, available_after, actor, request_id, hash';
const times = (own: number, other: number) =>
  `generate_series(1, case id when $1 then ${own} else ${other} end)`;

/** Fills the tables, so that plans are those of a database that has grown: many accounts, and one with a long past. */
const growth = [
  `insert into account (id, name, created_at) select gen_random_uuid(), 'One of many', now() from generate_series(1, 400)`,
  `insert into credit_balance (account_id) select id from account on conflict do nothing`,
  `insert into subscription (account_id, id, plan_id, status, period_start, period_end)
    select account.id, gen_random_uuid(), plan.id, 'active', now(), now() from account, plan where slug = 'starter' on conflict do nothing`,
  `insert into app_user (id, email, email_digest, password_hash, created_at) select id, id::text, id::text, 'none', now() from account`,
  `insert into membership (account_id, user_id, role, created_at) select id, id, 'owner', now() from account`,
  `insert into membership_directory (user_id, account_id) select user_id, account_id from membership on conflict do nothing`,
  `insert into session (id, user_id, cookie_digest, created_at, expires_at)
    select id, id, id::text, now(), now() from account`,
  `insert into site (account_id, id, name, created_at) select id, gen_random_uuid(), 'A site', now() from account, generate_series(1, 5)`,
  `insert into api_key (account_id, id, key_id, name, prefix, digest, scopes, created_at)
    select id, gen_random_uuid(), gen_random_uuid()::text, 'A key', 'x', 'x', '[]', now() from account, generate_series(1, 3)`,
  `insert into key_directory (key_id, account_id, api_key_id) select key_id, account_id, id from api_key on conflict do nothing`,
  `insert into idempotency_record (account_id, procedure, key, fingerprint, state, created_at, expires_at)
    select id, 'credit.hold', n::text, 'x', 'done', now(), now() from account, ${times(3000, 20)} n`,
  `insert into credit_grant (account_id, id, kind, amount, available, held, reference, created_at)
    select id, gen_random_uuid(), 'promo', 1, 0, 0, n::text, now() from account, ${times(3000, 5)} n`,
  `insert into credit_hold (${holdColumns})
    select id, gen_random_uuid(), 1, 'settled', 1, now(), now() from account, ${times(3000, 20)}`,
  `insert into credit_hold (${holdColumns})
    select id, gen_random_uuid(), 1, 'open', null, now() + interval '1 day', now() from account, ${times(2000, 1)}`,
  `insert into ledger_entry (${entryColumns})
    select id, gen_random_uuid(), 1000000 + n, now(), 'hold', 'available', 'held', 1, 0, 'x', 'x', '' from account, ${times(6000, 40)} n`,
];

let app: TestApp;
let sent: SentStatement[];
let plans: Plans;

beforeAll(async () => {
  app = await openTestApp();
  const [grown, ordinary] = [await openWorld(app, 'grown'), await openWorld(app, 'ordinary')];
  for (const sql of growth) await app.database.query(sql, sql.includes('$1') ? [grown.owner.accountId] : []);
  await app.database.query('analyze');
  // Plans are made for one account and kept for the next, so both have to fit.
  sent = [...(await statementsOf(grown)), ...(await statementsOf(ordinary))];
  plans = await openPlans(app.database.url('tenantry_api'));
}, 120_000);
afterAll(async () => {
  await plans.close();
  await app.close();
});

/** Everything that another process sends while an account visits all it has of credits. */
async function statementsOf(world: World): Promise<SentStatement[]> {
  const wire = await openWire(app.database.url('tenantry_api'));
  const api = await app.openAnother({ databaseUrl: wire.url, listenDatabaseUrl: wire.url });
  wire.take();
  await bound(api, world);
  await spend(api, world);
  await look(api, world);
  await readAll(wire.url, world);
  const taken = wire.take().filter(({ text }) => /^(?:select|insert|update|delete|with)\b/.test(text));
  await api.close();
  await wire.close();
  return taken;
}

/** Registers somebody, limits a key and a site, lifts a limit, and asks to be told of the next credit that is held. */
async function bound(api: RunningApi, { owner, ids: { siteId, keyId } }: World): Promise<void> {
  const person = { email: `${siteId}@example.test`, password: 'correct horse battery', accountName: 'A' };
  expect((await api.rest('POST', '/v1/registrations', { body: person })).status).toBe(201);
  const write = async (method: string, path: string, body?: object) => {
    const answer = await api.rest(method, `/v1/credits${path}`, { body, bearer: owner.token });
    expect(answer.status, path).toBe(200);
    return answer.body;
  };
  for (const creditsPerDayMax of [1, null, 1_000_000])
    await write('PATCH', `/limits/sites/${siteId}`, { creditsPerDayMax });
  await write('PATCH', `/limits/keys/${keyId}`, { creditsPerDayMax: 1_000_000 });
  const { available } = await write('GET', '');
  await write('PATCH', '/alerts', { lowBalanceThresholds: [available] });
}

/** Holds, settles, trues up, releases and runs, with Idempotency-Keys and without. */
async function spend(api: RunningApi, { key, ids: { siteId } }: World): Promise<void> {
  const write = async (path: string, body: object, name?: string) => {
    const headers: Record<string, string> = name === undefined ? {} : { 'idempotency-key': name };
    const answer = await api.rest('POST', `/v1${path}`, { body, bearer: key, headers });
    return { ...answer, id: String(answer.body.id) };
  };
  const priced = { operation: 'summarise', units: 300, siteId };
  const held = await write('/credits/holds', priced, 'one');
  expect((await write('/credits/holds', priced, 'one')).id).toBe(held.id);
  expect((await write(`/credits/holds/${held.id}/extend`, { ttlSeconds: 3600 })).status).toBe(200);
  expect((await write(`/credits/holds/${held.id}/settle`, { units: 200 }, 'two')).status).toBe(200);
  const other = await write('/credits/holds', { amount: 5 });
  expect((await write(`/credits/holds/${other.id}/release`, {})).status).toBe(200);
  const estimated = await write('/credits/holds', { amount: 5 });
  const guess = { amount: 3, usageSource: 'estimated' };
  expect((await write(`/credits/holds/${estimated.id}/settle`, guess)).status).toBe(200);
  expect((await write(`/credits/holds/${estimated.id}/true-up`, { amount: 4 })).status).toBe(200);
  expect((await write('/sites', { name: 'Another' }, 'three')).status).toBe(201);
  const run = (name: string) => write('/operations/write_content/runs', { prompt: 'Write about tea.' }, name);
  app.provider.setFault('500');
  expect((await run('four')).status).toBe(503);
  app.provider.setFault('none');
  expect((await run('five')).status).toBe(200);
}

/** Reads the balance and every list and row of credits, with each credential that a gate knows. */
async function look(api: RunningApi, { owner, key, ids }: World): Promise<void> {
  const cookie = await signInCookie(app, owner);
  const siteKey = await makeKey(app, owner, ['credit:read'], { siteId: ids.siteId });
  const read = async (path: string, who: { bearer?: string; headers?: Record<string, string> }) => {
    const answer = await api.rest('GET', `/v1${path}`, who);
    expect(answer.status, path).toBe(200);
    return answer.body;
  };
  for (const list of ['entries', 'holds', 'grants']) {
    const page = await read(`/credits/${list}?limit=1`, { bearer: key });
    await read(`/credits/${list}?limit=1&cursor=${page.nextCursor ?? ''}`, { headers: cookie });
    await read(`/credits/${list}?limit=1`, { bearer: siteKey });
  }
  await read('/credits', { bearer: owner.token });
  await read(`/credits/holds/${ids.holdId}`, { bearer: key });
  await read(`/credits/entries/${ids.entryId}/explanation`, { bearer: key });
}

/** Reads behind the lock what only corrections and renewals read. */
async function readAll(url: string, { owner: { accountId }, ids: { entryId } }: World): Promise<void> {
  const database = openDatabase(await openOrm(url, 1));
  const look: LedgerService<string, boolean> = {
    reads: (id) => ({ entryIds: [id], spentPlanGrants: true }),
    decide: ({ view }, id) => ({ books: view.books, answer: view.entry(id) !== undefined }),
  };
  const call = { actor: { kind: 'system', job: 'test' }, requestId: 'test', now: new Date() } as const;
  const isFound = await database.inAccount.write({ accountId }, call, (tx) => change(tx, look, entryId));
  expect(isFound).toBe(true);
  await database.close();
}

function isStatement(value: unknown): value is Statement {
  return typeof value === 'object' && value !== null && 'name' in value && 'text' in value;
}

/** A text without its parameters, which the ORM writes into it. */
const shapeOf = (text: string) => text.replaceAll(/\$\d|'[^']*'|\b\d+\b/g, '?').replaceAll(/\s+/g, ' ');

/** What statements read without a fitting index, each fault once. */
async function faultsOf(all: readonly SentStatement[]): Promise<string[]> {
  const faults = new Set<string>();
  for (const statement of all) for (const fault of await plans.faultsOf(statement)) faults.add(fault);
  return [...faults].toSorted();
}

describe('every statement of a call on credits', () => {
  it('reads by an index that fits it, of an account with a long past as of any other', async () => {
    console.info(`index paths: ${sent.length} statements`);
    expect(await faultsOf(sent)).toEqual([]);
  });

  it('was looked at: all of the constant ones, and the look-ups of every table that a gate asks', () => {
    // The reaper's lock is the lock of the others, but for its patience.
    const shape = (text: string) => shapeOf(text).replace(' skip locked', '');
    const shapes = new Set(sent.map(({ text }) => shape(text)));
    // What forgets every account's answers at once is the worker's.
    const { forgetExpired: _all, ...ofOneAccount } = idempotency.accountCalls;
    const constant = [statements, ofOneAccount, writes]
      .flatMap((module): unknown[] => Object.values(module))
      .filter(isStatement);
    const unseen = constant.filter(({ text }) => !shapes.has(shape(text)));
    expect(unseen.map(({ name }) => name)).toEqual([]);
    const texts = sent.map(({ text }) => text).join('\n');
    const directories = ['key_directory', 'membership_directory'];
    for (const table of [...directories, 'api_key', 'account', 'subscription', 'membership', 'session'])
      expect(texts).toContain(`from "${table}" as`);
  });
});

describe('an index that is missing', () => {
  it.each([
    ['credit_hold_open', 'credit_hold'],
    ['credit_grant_live', 'credit_grant'],
    ['ledger_entry_account_id_sequence_key', 'ledger_entry'],
    ['credit_hold_by_site', 'credit_hold'],
    ['ledger_entry_by_site', 'ledger_entry'],
    ['membership_directory_pkey', 'membership_directory'],
    ['session_cookie_digest_key', 'session'],
  ])('is reported: %s', async (index, table) => {
    const [made] = await app.database.query('select pg_get_indexdef($1::regclass) as sql', [index]);
    const isConstraint = /_p?key$/.test(index);
    await app.database.query(
      isConstraint ? `alter table ${table} drop constraint ${index}` : `drop index ${index}`,
    );
    expect(await faultsOf(sent)).toEqual(expect.arrayContaining([expect.stringContaining(table)]));
    await app.database.query(String(made?.['sql']));
    expect(await faultsOf(sent)).toEqual([]);
  });
});
