import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import type { Answer } from '../../caller.ts';
import { mailedToken } from '../../mailbox.ts';
import { callProcedure, transports, verdictOf } from '../../procedures.ts';
import { type Owner, registerOwner, signInCookie } from '../../users.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const cleared = /^tenantry=; Path=\/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax$/;
const isCleared = ({ headers }: Answer) => cleared.test(headers.get('set-cookie') ?? '');
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** A person with a session in a cookie, beside the one of the access token. */
async function withCookie(): Promise<{ owner: Owner; headers: Record<string, string> }> {
  const owner = await registerOwner(app);
  return { owner, headers: await signInCookie(app, owner) };
}
const end = (path: string, headers: Record<string, string>) => app.rest('DELETE', path, { headers });
const me = (headers: Record<string, string>) => app.rest('GET', '/v1/me', { headers });

describe('a cookie beside another credential', () => {
  it('is not read: a dead one does no harm, and is not cleared (G16)', async () => {
    const { owner, headers } = await withCookie();
    expect((await end('/v1/sessions/current', headers)).status).toBe(204);
    for (const transport of transports) {
      const answer = await callProcedure(app, transport, {
        name: 'credit.get',
        headers: { ...headers, ...bearer(owner.token) },
      });
      expect([verdictOf(answer), answer.headers.get('set-cookie')]).toEqual(['ok', null]);
    }
  });

  it('does not stand in for a bearer that is refused, and is not cleared by that', async () => {
    const { headers } = await withCookie();
    const answer = await me({ ...headers, ...bearer('x') });
    expect([verdictOf(answer), answer.headers.get('set-cookie')]).toEqual(['401 unauthenticated', null]);
    expect(verdictOf(await me(headers))).toBe('ok');
  });
});

describe('two session cookies in one request', () => {
  it('are refused, also when one of them or both are right (G16)', async () => {
    const { headers } = await withCookie();
    const { cookie = '' } = headers;
    for (const both of [
      `${cookie}; tenantry=x`,
      `tenantry=x; ${cookie}`,
      `${cookie}; ${cookie}`,
      `${cookie};a=b;${cookie}`,
    ])
      for (const transport of transports) {
        const answer = await callProcedure(app, transport, { name: 'credit.get', headers: { cookie: both } });
        expect([verdictOf(answer), isCleared(answer)], both).toEqual(['401 unauthenticated', true]);
      }
    expect(verdictOf(await me({ cookie: `a=b; ${cookie}; xtenantry=1` }))).toBe('ok');
  });
});

describe('the session cookie is cleared', () => {
  it('by the refusal that it causes, over both transports (G16)', async () => {
    for (const transport of transports) {
      const answer = await callProcedure(app, transport, {
        name: 'credit.get',
        headers: { cookie: 'tenantry=unknown' },
      });
      expect([verdictOf(answer), isCleared(answer)]).toEqual(['401 unauthenticated', true]);
    }
  });

  it.each(['/v1/sessions/current', '/v1/sessions'])('by DELETE %s with it', async (path) => {
    const { headers } = await withCookie();
    const answer = await end(path, headers);
    expect([answer.status, isCleared(answer)]).toEqual([204, true]);
  });

  it('by signing out everywhere with a bearer, and not by the end of another session', async () => {
    const { owner, headers } = await withCookie();
    const [other] = [
      await app.rest('POST', '/v1/sessions', { body: { email: owner.email, password: owner.password } }),
    ];
    const one = await end('/v1/sessions/current', { ...headers, ...bearer(other.body.accessToken) });
    expect([one.status, isCleared(one)]).toEqual([204, false]);
    const all = await end('/v1/sessions', { ...headers, ...bearer(owner.token) });
    expect([all.status, isCleared(all)]).toEqual([204, true]);
  });

  it('by a change of password that ends its session, and not by one that is made with it', async () => {
    const { owner, headers } = await withCookie();
    const change = (currentPassword: string, newPassword: string, more: Record<string, string>) =>
      app.rest('POST', '/v1/me/password', { body: { currentPassword, newPassword }, headers: more });
    const second = 'a second long password';
    const withIt = await change(owner.password, second, headers);
    expect([verdictOf(withIt), isCleared(withIt)]).toEqual(['ok', false]);
    const wrong = await change('not the password', second, headers);
    expect([verdictOf(wrong), isCleared(wrong)]).toEqual(['401 unauthenticated', false]);
    const { body } = await app.rest('POST', '/v1/sessions', {
      body: { email: owner.email, password: second },
    });
    const beside = await change(second, 'a third long password', { ...headers, ...bearer(body.accessToken) });
    expect([verdictOf(beside), isCleared(beside)]).toEqual(['ok', true]);
  });

  it('by a reset of the password', async () => {
    const { owner, headers } = await withCookie();
    await app.rest('POST', '/v1/password-resets', { body: { email: owner.email } });
    const token = await mailedToken(app, owner.email, 'password-reset');
    const body = { token, password: 'another long password' };
    const answer = await app.rest('POST', '/v1/password-resets/confirm', { body, headers });
    expect([verdictOf(answer), isCleared(answer)]).toEqual(['ok', true]);
  });
});

describe('the cookie of an app that is served over https', () => {
  it('is bound to its host, and cleared in the same way', async () => {
    const secure = await openTestApp({ publicUrl: 'https://app.test' });
    const { email, password } = await registerOwner(secure);
    const body = { email, password, delivery: 'cookie' };
    const session = await secure.rest('POST', '/v1/sessions', { body });
    expect(session.headers.get('set-cookie')).toMatch(
      /^__Host-tenantry=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
    );
    const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
    const answer = await secure.rest('DELETE', '/v1/sessions', {
      headers: { cookie, origin: 'https://app.test' },
    });
    expect(answer.headers.get('set-cookie')).toBe(
      '__Host-tenantry=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; SameSite=Lax',
    );
    await secure.close();
  });
});
