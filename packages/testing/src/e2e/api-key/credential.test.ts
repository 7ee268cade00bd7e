import { crc32 } from 'node:zlib';
import { parseApiKey } from '@tenantry/identity/api-key';
import { encodeBase62 } from '@tenantry/identity/base62';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { openWorld } from '../../fixture.ts';
import { addMembership } from '../../memberships.ts';
import { callProcedure, sameBytes, transports, verdictOf } from '../../procedures.ts';
import { makeKey, registerOwner, signInCookie, signInStaff } from '../../users.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ trustedProxies: ['127.0.0.1'] });
});
afterAll(() => app.close());

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
/** What a credential is told that it is, which is the same over both transports. */
async function tell(headers: Record<string, string>) {
  const [rest, trpc] = await Promise.all(
    transports.map((transport) => callProcedure(app, transport, { name: 'credential.get', headers })),
  );
  expect({ status: rest?.status, body: { ...rest?.body, requestId: '' } }).toEqual({
    status: trpc?.status,
    body: { ...trpc?.body, requestId: '' },
  });
  if (rest === undefined) throw new Error('no transport answered');
  return rest;
}

describe('a credential is told what it is', () => {
  it('as an API key: its scopes, its site and its expiry, whatever its scopes are', async () => {
    const { owner, ids } = await openWorld(app, 'One');
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const key = await makeKey(app, owner, ['site:write'], { siteId: ids.siteId, expiresAt });
    const { items } = (await app.rest('GET', '/v1/api-keys', { bearer: owner.token })).body;
    expect((await tell(bearer(key))).body).toMatchObject({
      kind: 'api_key',
      id: items[0].id,
      userId: null,
      account: { id: owner.accountId },
      role: null,
      scopes: ['site:write'],
      sites: [ids.siteId],
      expiresAt,
    });
  });

  it('as a person by token and by cookie: the role and the sites in the account that the call names', async () => {
    const { owner, ids } = await openWorld(app, 'Two');
    const editor = await registerOwner(app);
    const place = { accountId: owner.accountId, userId: editor.userId };
    await addMembership(app.database, { ...place, role: 'editor', siteIds: [ids.siteId] });
    app.api.authentication.accessCache.forget();
    const account = { 'tenantry-account': owner.accountId };
    const facts = { userId: editor.userId, account: { id: owner.accountId }, role: 'editor', scopes: null };
    const byToken = await tell({ ...bearer(editor.token), ...account });
    expect(byToken.body).toMatchObject({ kind: 'access_token', ...facts, sites: [ids.siteId] });
    expect(Date.parse(byToken.body.expiresAt)).toBeGreaterThan(Date.now());
    const byCookie = await tell({ ...(await signInCookie(app, editor)), ...account });
    expect(byCookie.body).toMatchObject({ kind: 'session', ...facts, sites: [ids.siteId] });
    // Who belongs to two accounts and names none acts for none.
    expect((await tell(bearer(editor.token))).body).toMatchObject({ account: null, role: null, sites: null });
    expect((await tell(bearer(owner.token))).body).toMatchObject({ role: 'owner', sites: null });
  });

  it('in a suspended account too, and refuses an account that is not theirs, and a call without a credential', async () => {
    const [owner, other] = [await registerOwner(app), await registerOwner(app)];
    const key = await makeKey(app, owner, ['account:read']);
    await app.database.query("update account set status = 'suspended' where id = $1", [owner.accountId]);
    app.api.authentication.accessCache.forget();
    expect(verdictOf(await tell(bearer(key)))).toBe('ok');
    for (const token of [key, owner.token])
      expect(verdictOf(await tell({ ...bearer(token), 'tenantry-account': other.accountId }))).toBe(
        '404 not_found',
      );
    expect(verdictOf(await tell({}))).toBe('401 unauthenticated');
  });
});

describe('a refused credential', () => {
  const refused = async (headers: Record<string, string>) => {
    const answer = await tell(headers);
    expect(verdictOf(answer)).toBe('401 unauthenticated');
    return answer;
  };

  it('is named to who holds it: a key with the right secret, a session, a token whose time is over', async () => {
    const owner = await registerOwner(app);
    const revoked = await makeKey(app, owner, ['account:read']);
    const { items } = (await app.rest('GET', '/v1/api-keys', { bearer: owner.token })).body;
    await app.rest('DELETE', `/v1/api-keys/${items[0].id}`, { bearer: owner.token });
    const bound = await makeKey(app, owner, ['account:read'], { allowedAddresses: ['192.0.2.7'] });
    const expiresAt = new Date(Date.now() + 60_000).toISOString();
    const expiring = await makeKey(app, owner, ['account:read'], { expiresAt });
    const cookie = await signInCookie(app, owner);
    app.api.authentication.accessCache.forget();
    expect((await refused(bearer(revoked))).body.credential).toEqual({ kind: 'api_key', fault: 'revoked' });
    const elsewhere = { ...bearer(bound), 'x-forwarded-for': '192.0.2.8' };
    expect((await refused(elsewhere)).body.credential).toEqual({
      kind: 'api_key',
      fault: 'address_not_allowed',
    });
    app.passSeconds(601);
    expect((await refused(bearer(expiring))).body.credential).toEqual({ kind: 'api_key', fault: 'expired' });
    expect((await refused(bearer(owner.token))).body.credential).toEqual({
      kind: 'access_token',
      fault: 'expired',
    });
    app.passSeconds(-601);
    await app.rest('DELETE', '/v1/sessions', { bearer: owner.token });
    app.api.authentication.accessCache.forget();
    expect((await refused(bearer(owner.token))).body.credential).toEqual({
      kind: 'session',
      fault: 'revoked',
    });
    expect((await refused(cookie)).body.credential).toEqual({ kind: 'session', fault: 'revoked' });
  });

  it('is named to staff too: a session that was ended, or whose time is over', async () => {
    const token = await signInStaff(app, 'support');
    const ask = () => app.admin.rest('GET', '/v1/accounts', { bearer: token });
    expect(verdictOf(await ask())).toBe('ok');
    app.passSeconds(86_400 * 31);
    expect((await ask()).body.credential).toEqual({ kind: 'session', fault: 'expired' });
    app.passSeconds(-86_400 * 31);
    await app.admin.rest('DELETE', '/v1/sessions/current', { bearer: token });
    const ended = await ask();
    expect(verdictOf(ended)).toBe('401 unauthenticated');
    expect(ended.body.credential).toEqual({ kind: 'session', fault: 'revoked' });
    const guess = await app.admin.rest('GET', '/v1/accounts', { bearer: 'x'.repeat(43) });
    expect(guess.body.credential).toBeUndefined();
  });

  it('tells a guess nothing: a wrong secret of a revoked key is answered as an unknown key', async () => {
    const owner = await registerOwner(app);
    const { identity } = app.api.ports;
    const key = await makeKey(app, owner, ['account:read']);
    const { items } = (await app.rest('GET', '/v1/api-keys', { bearer: owner.token })).body;
    await app.rest('DELETE', `/v1/api-keys/${items[0].id}`, { bearer: owner.token });
    app.api.authentication.accessCache.forget();
    const unknown = identity.mintApiKey('live').secret;
    const [nothing, malformed] = [await refused(bearer(unknown)), await refused(bearer(key.slice(0, -1)))];
    expect(nothing.body.credential).toBeUndefined();
    expect(sameBytes(malformed)).toBe(sameBytes(nothing));
    // Another key's secret under the id of the revoked key, with a checksum that fits.
    const body = `tny_live_${key.split('_')[2]}_${'A'.repeat(32)}`;
    const guess = body + encodeBase62(crc32(body), 6);
    expect(parseApiKey(guess)?.keyId).toBe(parseApiKey(key)?.keyId);
    expect(sameBytes(await refused(bearer(guess)))).toBe(sameBytes(nothing));
  });
});
