import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { addMembership } from '../../memberships.ts';
import { verdictOf } from '../../procedures.ts';
import { insertServiceKey, nameExternally } from '../../service-keys.ts';
import { type Owner, makeKey, registerOwner } from '../../users.ts';

let app: TestApp;
let owner: Owner;
let key: string;
let service: string;
beforeAll(async () => {
  app = await openTestApp();
  owner = await registerOwner(app);
  await nameExternally(app, owner.accountId, 'customer-1');
  key = await makeKey(app, owner, ['site:read']);
  service = (await insertServiceKey(app, { scopes: ['credential:verify'] })).secret;
});
afterAll(() => app.close());

const verify = (input: Record<string, unknown>) =>
  app.rest('POST', '/v1/credentials/verify', { body: { credential: key, ...input }, bearer: service });
const answerTo = async (input: Record<string, unknown>) => (await verify(input)).body;

describe('the account of a person who belongs to several', () => {
  it('is named by id or by external id, or the verdict is that of a direct call without it', async () => {
    const person = await registerOwner(app);
    const role = 'viewer' as const;
    await addMembership(app.database, { accountId: owner.accountId, userId: person.userId, role });
    app.api.authentication.accessCache.forget();
    const asked = { credential: person.token };
    const direct = await app.rest('GET', '/v1/credits', { bearer: person.token });
    const { status, code, detail } = direct.body;
    expect(code).toBe('account_required');
    expect(await answerTo(asked)).toMatchObject({ valid: false, status, code, detail });
    for (const named of [{ account: owner.accountId.toUpperCase() }, { externalAccount: 'customer-1' }])
      expect(await answerTo({ ...asked, ...named })).toMatchObject({
        valid: true,
        account: { id: owner.accountId, externalId: 'customer-1' },
        actor: { role: 'viewer' },
      });
    expect(await answerTo({ ...asked, account: person.accountId })).toMatchObject({
      valid: true,
      actor: { role: 'owner' },
    });
  });

  it('does not exist where they are no member, by either name, with the same bytes as one that nobody has', async () => {
    const stranger = await registerOwner(app);
    for (const credential of [stranger.token, await makeKey(app, stranger, ['site:read'])]) {
      const answers = [];
      for (const named of [
        { account: owner.accountId },
        { account: '0198f000-0000-7000-8000-00000000ffff' },
        { account: '00000000-0000-0000-0000-000000000000' },
        { externalAccount: 'customer-1' },
        { externalAccount: 'customer-of-nobody' },
      ])
        answers.push({ ...(await answerTo({ credential, ...named })), requestId: '' });
      expect(answers[0]).toMatchObject({ valid: false, status: 404, code: 'not_found' });
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    }
    expect(await answerTo({ externalAccount: 'customer-1' })).toMatchObject({ valid: true });
  });

  it('is named once, and in one form: everything else is 400', async () => {
    for (const named of [
      { account: owner.accountId, externalAccount: 'customer-1' },
      { externalAccount: '' },
      { externalAccount: 'two words' },
      { externalAccount: 'x'.repeat(201) },
      { externalAccount: 'kündé' },
      { externalAccount: 7 },
      { externalAccount: null },
      { account: 'customer-1' },
    ])
      expect(verdictOf(await verify(named)), JSON.stringify(named)).toBe('400 invalid_input');
  });
});
