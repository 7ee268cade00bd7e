import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '@tenantry/db/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import type { Answer } from '../../caller.ts';
import { mailedToken } from '../../mailbox.ts';
import { callProcedure, transports, verdictOf } from '../../procedures.ts';
import { type TestServiceKey, insertServiceKey } from '../../service-keys.ts';
import { registerOwner } from '../../users.ts';

let app: TestApp;
let key: TestServiceKey;
beforeAll(async () => {
  app = await openTestApp();
  key = await insertServiceKey(app);
});
afterAll(() => app.close());

const password = 'another long password';
const newAddress = () => `${newId()}@example.test`;
const post = (path: string, body: unknown, bearer?: string, headers = {}) =>
  app.rest('POST', `/v1${path}`, { body, bearer, headers });
const create = (body: Record<string, unknown>, headers = {}) =>
  post('/accounts', { name: 'Customer', ...body }, key.secret, headers);
const createFor = (email: string, more: Record<string, unknown> = {}) =>
  create({ owner: { email }, ...more });
const accept = (token: string, proof = password) => post('/invitations/accept', { token, password: proof });
const membersOf = async (accountId: string) => {
  const headers = { 'tenantry-account': accountId };
  return (await app.rest('GET', '/v1/members', { bearer: key.secret, headers })).body.items;
};
const countOf = async (externalId: string) =>
  (
    await app.database.query('select count(*)::int as n from account where external_id = $1', [externalId])
  )[0]?.['n'];
async function emailsTo(address: string): Promise<string[]> {
  await app.api.background.settle();
  const folder = join(app.filesFolder, 'mail');
  const texts = await Promise.all(
    (await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')),
  );
  return texts.filter((text) => text.includes(`To: ${address}\n`));
}

describe.each(transports)('the owner whom a service key names over %s', (transport) => {
  const call = (input: Record<string, unknown>, bearer = key.secret) =>
    callProcedure(app, transport, {
      name: 'account.create',
      input: { name: 'Customer', ...input },
      headers: { authorization: `Bearer ${bearer}` },
    });

  it('is invited, and owns the account once they accept', async () => {
    const email = newAddress();
    const made = await call({ owner: { email } });
    expect(made.body.owner).toMatchObject({ email, role: 'owner', status: 'open', siteIds: null });
    const { id } = made.body.account;
    expect(await membersOf(id)).toEqual([]);
    const token = await mailedToken(app, email, 'invitation');
    expect(JSON.stringify(made.body)).not.toContain(token);
    expect((await accept(token)).body).toMatchObject({ accountId: id, role: 'owner' });
    const session = await post('/sessions', { email, password });
    expect(session.body.accounts).toEqual([expect.objectContaining({ id, role: 'owner' })]);
    expect(await membersOf(id)).toMatchObject([{ email, role: 'owner' }]);
    expect(verdictOf(await accept(token))).toBe('404 not_found');
  });

  it.each([
    ['a text', 'ada@example.test'],
    ['null', null],
    ['no address', {}],
    ['no e-mail address', { email: 'ada' }],
    ['two addresses', { email: 'a@example.test, b@example.test' }],
    ['a line break', { email: 'a@example.test\r\nBcc: b@example.test' }],
    ['255 characters', { email: `${'x'.repeat(243)}@example.test` }],
    ['a role', { email: 'ada@example.test', role: 'viewer' }],
    ['an id', { userId: newId() }],
  ])('is refused as %s, and no account is made', async (_what, owner) => {
    const externalId = newId();
    expect(verdictOf(await call({ externalId, owner }))).toBe('400 invalid_input');
    expect(await countOf(externalId)).toBe(0);
  });

  it('is refused in the call of a person', async () => {
    const person = await registerOwner(app);
    const refused = await call({ owner: { email: newAddress() } }, person.token);
    expect(verdictOf(refused)).toBe('400 invalid_input');
    expect(refused.body.errors).toEqual([{ path: 'owner', message: 'is for service keys alone' }]);
  });
});

describe('an owner who has an account already', () => {
  const shape = ({ status, body }: Answer) => ({
    status,
    fields: Object.keys(body.owner).toSorted(),
    owner: { ...body.owner, id: '', email: '', createdAt: '', expiresAt: '' },
  });

  it('cannot be told from one whom nobody knows, and is attached to nothing before they accept (P8)', async () => {
    const known = await registerOwner(app);
    const [forKnown, forUnknown] = [await createFor(known.email), await createFor(newAddress())];
    expect(shape(forKnown)).toEqual(shape(forUnknown));
    for (const { body } of [forKnown, forUnknown]) {
      expect(await membersOf(body.account.id)).toEqual([]);
      const headers = { 'tenantry-account': body.account.id };
      expect(verdictOf(await app.rest('GET', '/v1/account', { bearer: known.token, headers }))).toBe(
        '404 not_found',
      );
    }
    // A call without an account still means the one that the person has.
    const own = await app.rest('GET', '/v1/account', { bearer: known.token });
    expect(own.body).toMatchObject({ id: known.accountId });
    const session = await post('/sessions', { email: known.email, password: known.password });
    expect(session.body.accounts).toHaveLength(1);
  });

  it('accepts with their own password, and with no other', async () => {
    const known = await registerOwner(app);
    const { body } = await createFor(known.email);
    const token = await mailedToken(app, known.email, 'invitation');
    expect(verdictOf(await accept(token, password))).toBe('401 unauthenticated');
    expect(await membersOf(body.account.id)).toEqual([]);
    expect(verdictOf(await accept(token, known.password))).toBe('ok');
    expect(await membersOf(body.account.id)).toMatchObject([{ userId: known.userId, role: 'owner' }]);
  });
});

describe('the same request again', () => {
  it('answers the same invitation, in any spelling of the address, and sends no second e-mail', async () => {
    const [externalId, email] = [newId(), newAddress()];
    const first = await createFor(email, { externalId });
    const again = await createFor(` ${email.toUpperCase()} `, { externalId });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual({ ...first.body, created: false });
    expect(await emailsTo(email)).toHaveLength(1);
    await accept(await mailedToken(app, email, 'invitation'));
    expect((await createFor(email, { externalId })).body.owner).toMatchObject({ status: 'accepted' });
    expect(await emailsTo(email)).toHaveLength(1);
  });

  it('is another request with another owner, or without one', async () => {
    const [externalId, email, other] = [newId(), newAddress(), newAddress()];
    expect((await createFor(email, { externalId })).status).toBe(201);
    expect(verdictOf(await createFor(other, { externalId }))).toBe('409 external_id_taken');
    expect(verdictOf(await create({ externalId }))).toBe('409 external_id_taken');
    expect(await emailsTo(other)).toEqual([]);
    const bare = newId();
    expect((await create({ externalId: bare })).body.owner).toBeNull();
    expect(verdictOf(await createFor(email, { externalId: bare }))).toBe('409 external_id_taken');
  });

  it('makes one account and sends one e-mail when 12 come at the same time', async () => {
    const [externalId, email] = [newId(), newAddress()];
    const answers = await Promise.all(Array.from({ length: 12 }, () => createFor(email, { externalId })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(11);
    expect(new Set(answers.map(({ body }) => body.owner.id)).size).toBe(1);
    expect(await emailsTo(email)).toHaveLength(1);
  });

  it('is replayed under an Idempotency-Key, with one account and one e-mail', async () => {
    const email = newAddress();
    const headers = { 'idempotency-key': newId() };
    const first = await create({ owner: { email } }, headers);
    const again = await create({ owner: { email } }, headers);
    expect([again.body, again.headers.get('idempotency-replayed')]).toEqual([first.body, 'true']);
    expect(await emailsTo(email)).toHaveLength(1);
    expect(verdictOf(await create({ owner: { email: newAddress() } }, headers))).toBe(
      '422 idempotency_mismatch',
    );
  });

  it('invites anew after a week without an answer, and not while the account is suspended', async () => {
    const [externalId, email] = [newId(), newAddress()];
    const { account } = (await createFor(email, { externalId })).body;
    const first = await mailedToken(app, email, 'invitation');
    app.passSeconds(7 * 86_400 + 1);
    try {
      expect(verdictOf(await accept(first))).toBe('404 not_found');
      const setStatus = (status: string) =>
        app.database.query('update account set status = $2 where id = $1', [account.id, status]);
      await setStatus('suspended');
      expect((await createFor(email, { externalId })).body.owner).toMatchObject({ status: 'expired' });
      expect(await emailsTo(email)).toHaveLength(1);
      await setStatus('active');
      const again = await Promise.all(Array.from({ length: 12 }, () => createFor(email, { externalId })));
      expect(new Set(again.map(({ status, body }) => `${status} ${body.owner?.status}`))).toEqual(
        new Set(['200 open']),
      );
      expect(new Set(again.map(({ body }) => body.owner.id)).size).toBe(1);
      expect(await emailsTo(email)).toHaveLength(2);
      expect(verdictOf(await accept(first))).toBe('404 not_found');
      expect(verdictOf(await accept(await mailedToken(app, email, 'invitation')))).toBe('ok');
    } finally {
      app.passSeconds(-7 * 86_400 - 1);
    }
  });
});

describe('the e-mail to an owner', () => {
  it('is refused above three an hour to one mailbox, and then no account is made', async () => {
    const email = newAddress();
    for (let index = 0; index < 3; index += 1) expect((await createFor(email)).status).toBe(201);
    const externalId = newId();
    const refused = await createFor(email, { externalId });
    expect(verdictOf(refused)).toBe('429 throttled');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect([await countOf(externalId), (await emailsTo(email)).length]).toEqual([0, 3]);
  });

  it('shows the name of the account as text, and no plan that is not sold sends one', async () => {
    const [email, other] = [newAddress(), newAddress()];
    await createFor(email, { name: '<a href="https://evil.test">Free</a>' });
    const [text = ''] = await emailsTo(email);
    expect(text).not.toContain('<a href="https://evil.test');
    expect(verdictOf(await createFor(other, { planSlug: 'unthrottled' }))).toBe('404 not_found');
    expect(await emailsTo(other)).toEqual([]);
  });
});

describe('an invitation of the operator', () => {
  it('stands when the key that made it is revoked', async () => {
    const email = newAddress();
    const other = await insertServiceKey(app, { scopes: ['account:create'] });
    await post('/accounts', { name: 'Customer', owner: { email } }, other.secret);
    await app.database.query('update service_key set revoked_at = now() where id = $1', [other.id]);
    expect(verdictOf(await accept(await mailedToken(app, email, 'invitation')))).toBe('ok');
  });

  it('counts as the one trial of who accepts it', async () => {
    const email = newAddress();
    await createFor(email);
    await accept(await mailedToken(app, email, 'invitation'));
    const { accessToken } = (await post('/sessions', { email, password })).body;
    const own = await post('/accounts', { name: 'One more' }, accessToken);
    expect(own.body).toMatchObject({ created: true, owner: null, credits: { available: 0 } });
  });

  it('is written down with the key, and without the address (P9)', async () => {
    const email = newAddress();
    const { account, owner } = (await createFor(email)).body;
    const audit = await app.database.query(
      'select action, actor, subject_id, facts from audit_entry where account_id = $1 order by id',
      [account.id],
    );
    const actor = `service_key:${key.id}`;
    expect(audit).toEqual([
      expect.objectContaining({ action: 'account.create', actor }),
      { action: 'invitation.create', actor, subject_id: owner.id, facts: { role: 'owner' } },
    ]);
    expect(JSON.stringify(await app.database.query('select facts from security_event'))).not.toContain(email);
  });
});
