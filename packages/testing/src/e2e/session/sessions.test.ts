import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runConcurrently } from '../../concurrent-clients.ts';
import { type TestApp, openTestApp } from '../../app.ts';
import { type Owner, registerOwner } from '../../users.ts';
import { sameBytes, verdictOf } from '../../procedures.ts';

/** Other tests wait for locks in databases of their own. */
const waitsForLock = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;

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
  /** Signs a new person in, and exchanges the first refresh token. */
  async function exchanged() {
    const owner = await registerOwner(app);
    const { refreshToken } = (await signIn(owner)).body;
    const first = await refresh(refreshToken);
    expect(verdictOf(await me(first.body.accessToken))).toBe('ok');
    return { owner, refreshToken, next: first.body };
  }

  it('that was exchanged ends its session when it is used half a minute later (G8)', async () => {
    const { refreshToken, next } = await exchanged();
    app.passSeconds(30);
    expect(verdictOf(await refresh(refreshToken))).toBe('401 unauthenticated');
    expect(verdictOf(await refresh(next.refreshToken))).toBe('401 unauthenticated');
    expect(verdictOf(await me(next.accessToken))).toBe('401 unauthenticated');
    app.passSeconds(-30);
  });

  it('before the newest is exchanged for half a minute, and every successor is as good (G15)', async () => {
    const { refreshToken, next } = await exchanged();
    app.passSeconds(29);
    const other = await refresh(refreshToken);
    expect(verdictOf(other)).toBe('ok');
    expect(other.body.refreshToken).not.toBe(next.refreshToken);
    expect(verdictOf(await me(other.body.accessToken))).toBe('ok');
    app.passSeconds(600);
    const third = await refresh(next.refreshToken);
    expect(verdictOf(third)).toBe('ok');
    expect(verdictOf(await refresh(other.body.refreshToken))).toBe('ok');
    app.passSeconds(30);
    expect(verdictOf(await refresh(other.body.refreshToken))).toBe('401 unauthenticated');
    expect(verdictOf(await refresh(third.body.refreshToken))).toBe('401 unauthenticated');
    app.passSeconds(-659);
  });

  it('that is used again ends its session, however old it is (G8)', async () => {
    const { refreshToken, next } = await exchanged();
    let latest = next;
    for (let generation = 0; generation < 4; generation += 1)
      latest = (await refresh(latest.refreshToken)).body;
    expect(verdictOf(await me(latest.accessToken))).toBe('ok');
    expect(verdictOf(await refresh(refreshToken))).toBe('401 unauthenticated');
    expect(verdictOf(await refresh(latest.refreshToken))).toBe('401 unauthenticated');
    expect(verdictOf(await me(latest.accessToken))).toBe('401 unauthenticated');
  });

  it('is exchanged by each call of ten at once, and each successor once more (G15)', async () => {
    const owner = await registerOwner(app);
    const { refreshToken } = (await signIn(owner)).body;
    const successors: string[] = [];
    const outcomes = await runConcurrently(10, 10, async () => {
      const answer = await refresh(refreshToken);
      successors.push(answer.body.refreshToken);
      return verdictOf(answer);
    });
    expect(outcomes).toEqual({ ok: 10 });
    expect(new Set(successors).size).toBe(10);
    for (const successor of successors) expect(verdictOf(await refresh(successor))).toBe('ok');
  });

  it('of a session that ends while it is exchanged is worth nothing (G9)', async () => {
    const owner = await registerOwner(app);
    const { refreshToken } = (await signIn(owner)).body;
    await app.database.query('begin');
    await app.database.query('update session set revoked_at = now() where user_id = $1', [owner.userId]);
    const refreshing = refresh(refreshToken);
    let waiting = 0;
    for (let polled = 0; waiting === 0 && polled < 400; polled += 1) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      waiting = (await app.database.query(waitsForLock)).length;
    }
    await app.database.query('commit');
    expect(verdictOf(await refreshing)).toBe('401 unauthenticated');
  });

  it('is no access token, and an access token is no refresh token (G4)', async () => {
    const owner = await registerOwner(app);
    const { refreshToken, accessToken } = (await signIn(owner)).body;
    expect(verdictOf(await me(refreshToken))).toBe('401 unauthenticated');
    expect(verdictOf(await refresh(accessToken))).toBe('400 invalid_input');
  });
});

describe('signing out with a refresh token', () => {
  const signOut = (refreshToken: string) =>
    app.rest('POST', '/v1/sessions/sign-out', { body: { refreshToken } });

  it('ends the session whose access token has expired, and can be repeated (G9)', async () => {
    const owner = await registerOwner(app);
    const { refreshToken, accessToken } = (await signIn(owner)).body;
    app.passSeconds(601);
    expect(verdictOf(await signOut(refreshToken))).toBe('ok');
    expect(verdictOf(await refresh(refreshToken))).toBe('401 unauthenticated');
    app.passSeconds(-601);
    expect(verdictOf(await me(accessToken))).toBe('401 unauthenticated');
    expect(verdictOf(await me(owner.token))).toBe('ok');
    expect(verdictOf(await signOut(refreshToken))).toBe('ok');
  });

  it('is refused for a token that nobody was given', async () => {
    expect(verdictOf(await signOut('x'.repeat(43)))).toBe('401 unauthenticated');
    expect(verdictOf(await signOut('x'))).toBe('400 invalid_input');
  });
});

describe('refreshes of one office', () => {
  it('are throttled by session, and those of unknown tokens by address (E13)', async () => {
    const throttled = await openTestApp({ throttle: 'on', trustedProxies: ['127.0.0.1'] });
    const from = (address: string) => ({ 'x-forwarded-for': address });
    const office = from('10.7.0.1');
    const exchange = (refreshToken: string) =>
      throttled.rest('POST', '/v1/sessions/refresh', { body: { refreshToken }, headers: office });
    const tokens: string[] = [];
    for (let person = 0; person < 25; person += 1) {
      const home = from(`10.6.0.${person}`);
      const { email, password } = await registerOwner(throttled, {}, home);
      const session = await throttled.rest('POST', '/v1/sessions', {
        body: { email, password },
        headers: home,
      });
      tokens.push(session.body.refreshToken);
    }
    const outcomes = await runConcurrently(25, 5, async (index) =>
      verdictOf(await exchange(tokens[index] ?? '')),
    );
    expect(outcomes).toEqual({ ok: 25 });
    let [latest = ''] = tokens;
    const own: string[] = [];
    for (let call = 0; call < 20; call += 1) {
      const answer = await exchange(latest);
      own.push(verdictOf(answer));
      latest = answer.body.refreshToken ?? latest;
    }
    expect(own.filter((verdict) => verdict !== 'ok')).toEqual(['429 throttled']);
    const guesses = await runConcurrently(25, 5, async () => verdictOf(await exchange('x'.repeat(43))));
    expect(guesses).toEqual({ '401 unauthenticated': 20, '429 throttled': 5 });
    await throttled.close();
  }, 60_000);
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
