import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runConcurrently } from '../../concurrent-clients.ts';
import { type TestApp, openTestApp } from '../../app.ts';
import { type Owner, registerOwner } from '../../users.ts';
import { sameBytes, verdictOf } from '../../procedures.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const signIn = ({ email, password }: Pick<Owner, 'email' | 'password'>, more = {}) =>
  app.rest('POST', '/v1/sessions', { body: { email, password, ...more } });
const me = (bearer: string) => app.rest('GET', '/v1/me', { bearer });
const refresh = (refreshToken: string) =>
  app.rest('POST', '/v1/sessions/refresh', { body: { refreshToken } });

describe('signing in', () => {
  it('is answered alike for a wrong password and an unknown address (L1)', async () => {
    const owner = await registerOwner(app);
    const wrong = await signIn({ ...owner, password: 'not the password' });
    const unknown = await signIn({ email: 'nobody@example.test', password: 'not the password' });
    expect(verdictOf(wrong)).toBe('401 unauthenticated');
    expect(sameBytes(unknown)).toBe(sameBytes(wrong));
  });

  it('accepts an address in upper or lower case, and a password unmodified (C9, L10)', async () => {
    const owner = await registerOwner(app);
    expect(verdictOf(await signIn({ ...owner, email: owner.email.toUpperCase() }))).toBe('ok');
    expect(verdictOf(await signIn({ ...owner, password: `${owner.password} ` }))).toBe('401 unauthenticated');
    expect(verdictOf(await signIn({ ...owner, password: 'x'.repeat(1025) }))).toBe('400 invalid_input');
  });

  it('by cookie gives no tokens, and a cookie that scripts cannot read', async () => {
    const owner = await registerOwner(app);
    const session = await signIn(owner, { delivery: 'cookie' });
    expect(Object.keys(session.body)).toEqual(['accounts']);
    expect(session.headers.get('set-cookie')).toMatch(
      /^tenantry=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
    );
  });

  it('never shows a password hash, nor anything of it', async () => {
    const owner = await registerOwner(app);
    const answers = [await me(owner.token), await app.rest('GET', '/v1/members', { bearer: owner.token })];
    for (const { body } of answers) expect(JSON.stringify(body)).not.toMatch(/argon2|hash|digest/i);
  });
});

describe('a refresh token', () => {
  it('is exchanged once; a second use ends the session, since the token may be stolen', async () => {
    const owner = await registerOwner(app);
    const { refreshToken } = (await signIn(owner)).body;
    const first = await refresh(refreshToken);
    expect(verdictOf(await me(first.body.accessToken))).toBe('ok');
    expect(verdictOf(await refresh(refreshToken))).toBe('401 unauthenticated');
    expect(verdictOf(await refresh(first.body.refreshToken))).toBe('401 unauthenticated');
    app.api.authentication.accessCache.forget();
    expect(verdictOf(await me(first.body.accessToken))).toBe('401 unauthenticated');
  });

  it('that is used again ends its session, however old it is (G8)', async () => {
    const owner = await registerOwner(app);
    const { refreshToken } = (await signIn(owner)).body;
    let latest = (await refresh(refreshToken)).body;
    for (let generation = 0; generation < 4; generation += 1)
      latest = (await refresh(latest.refreshToken)).body;
    expect(verdictOf(await me(latest.accessToken))).toBe('ok');
    expect(verdictOf(await refresh(refreshToken))).toBe('401 unauthenticated');
    expect(verdictOf(await refresh(latest.refreshToken))).toBe('401 unauthenticated');
    await expect.poll(async () => verdictOf(await me(latest.accessToken))).toBe('401 unauthenticated');
  });

  it('is exchanged by one call of ten at once', async () => {
    const owner = await registerOwner(app);
    const { refreshToken } = (await signIn(owner)).body;
    const outcomes = await runConcurrently(10, 10, async () => verdictOf(await refresh(refreshToken)));
    expect(outcomes).toEqual({ ok: 1, '401 unauthenticated': 9 });
  });

  it('is no access token, and an access token is no refresh token (G4)', async () => {
    const owner = await registerOwner(app);
    const { refreshToken, accessToken } = (await signIn(owner)).body;
    expect(verdictOf(await me(refreshToken))).toBe('401 unauthenticated');
    expect(verdictOf(await refresh(accessToken))).toBe('400 invalid_input');
  });
});

describe('time and signing out', () => {
  it('end an access token after ten minutes, and a session after thirty days', async () => {
    const owner = await registerOwner(app);
    const { refreshToken, accessToken, expiresInSeconds } = (await signIn(owner)).body;
    expect(expiresInSeconds).toBeLessThanOrEqual(600);
    app.passSeconds(601);
    expect(verdictOf(await me(accessToken))).toBe('401 unauthenticated');
    const next = await refresh(refreshToken);
    expect(verdictOf(await me(next.body.accessToken))).toBe('ok');
    app.passSeconds(30 * 86_400);
    expect(verdictOf(await refresh(next.body.refreshToken))).toBe('401 unauthenticated');
    app.passSeconds(-601 - 30 * 86_400);
  });

  it('end one session, or all of them', async () => {
    const owner = await registerOwner(app);
    const [one, other] = [(await signIn(owner)).body.accessToken, (await signIn(owner)).body.accessToken];
    const end = (path: string, bearer: string) => app.rest('DELETE', path, { bearer });
    expect((await end('/v1/sessions/current', one)).status).toBe(204);
    expect(verdictOf(await me(one))).toBe('401 unauthenticated');
    expect(verdictOf(await me(other))).toBe('ok');
    expect((await end('/v1/sessions', other)).status).toBe(204);
    expect(verdictOf(await me(owner.token))).toBe('401 unauthenticated');
  });
});
