import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../caller.ts';
import { runConcurrently } from '../../concurrent-clients.ts';
import { contentOf } from '../../failpoint.ts';
import { type TestApp, openTestApp } from '../../app.ts';
import { mailedToken } from '../../mailbox.ts';
import { registerOwner } from '../../users.ts';
import { sameBytes, verdictOf } from '../../procedures.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const post = (path: string, body: unknown, bearer?: string): Promise<Answer> =>
  app.rest('POST', `/v1${path}`, { body, bearer });
const signIn = (email: string, password: string) => post('/sessions', { email, password });
const newPassword = 'another long password';

describe('a password reset', () => {
  it('answers alike for a known and an unknown address, and mails only the known one (L1)', async () => {
    const owner = await registerOwner(app);
    const known = await post('/password-resets', { email: owner.email.toUpperCase() });
    const unknown = await post('/password-resets', { email: 'nobody@example.test' });
    expect(verdictOf(known)).toBe('ok');
    expect(sameBytes(unknown)).toBe(sameBytes(known));
    expect(await mailedToken(app, owner.email, 'password-reset')).toHaveLength(43);
    await expect(mailedToken(app, 'nobody@example.test', 'password-reset')).rejects.toThrow('no e-mail');
  });

  it('works once when twenty use its token at once, and ends every session (L2, L3)', async () => {
    const owner = await registerOwner(app);
    const refreshed = (await signIn(owner.email, owner.password)).body.refreshToken;
    await post('/password-resets', { email: owner.email });
    const token = await mailedToken(app, owner.email, 'password-reset');
    const outcomes = await runConcurrently(20, 20, async () =>
      verdictOf(await post('/password-resets/confirm', { token, password: newPassword })),
    );
    expect(outcomes).toEqual({ ok: 1, '404 not_found': 19 });
    expect(verdictOf(await signIn(owner.email, owner.password))).toBe('401 unauthenticated');
    expect(verdictOf(await signIn(owner.email, newPassword))).toBe('ok');
    expect(verdictOf(await app.rest('GET', '/v1/me', { bearer: owner.token }))).toBe('401 unauthenticated');
    expect(verdictOf(await post('/sessions/refresh', { refreshToken: refreshed }))).toBe(
      '401 unauthenticated',
    );
  });

  it('is valid for an hour and until a newer one exists, and accepts no token of another kind', async () => {
    const owner = await registerOwner(app);
    await post('/password-resets', { email: owner.email });
    const first = await mailedToken(app, owner.email, 'password-reset');
    await post('/password-resets', { email: owner.email });
    const second = await mailedToken(app, owner.email, 'password-reset');
    const confirm = (token: string) => post('/password-resets/confirm', { token, password: newPassword });
    expect(first).not.toBe(second);
    expect(verdictOf(await confirm(first))).toBe('404 not_found');
    expect(verdictOf(await confirm(await mailedToken(app, owner.email, 'email-verification')))).toBe(
      '404 not_found',
    );
    app.passSeconds(3601);
    expect(verdictOf(await confirm(second))).toBe('404 not_found');
    app.passSeconds(-3601);
    expect(verdictOf(await post('/password-resets/confirm', { token: second, password: 'short' }))).toBe(
      '400 invalid_input',
    );
    expect(verdictOf(await confirm(second))).toBe('ok');
  });

  it('links to the configured portal, whatever host the request names (L2)', async () => {
    const owner = await registerOwner(app);
    const headers = { 'x-forwarded-host': 'evil.example', origin: 'https://evil.example' };
    await app.rest('POST', '/v1/password-resets', { body: { email: owner.email }, headers });
    await mailedToken(app, owner.email, 'password-reset');
    for (const name of await readdir(join(app.filesFolder, 'mail')))
      expect(await readFile(join(app.filesFolder, 'mail', name), 'utf8')).not.toContain('evil');
  });

  it('stores no token, and logs none (M12)', async () => {
    const owner = await registerOwner(app);
    await post('/password-resets', { email: owner.email });
    const token = await mailedToken(app, owner.email, 'password-reset');
    const [row] = await app.database.query(
      'select count(*)::int as n from email_token where token_digest = $1',
      [token],
    );
    expect(row).toEqual({ n: 0 });
    expect(JSON.stringify(app.logs)).not.toContain(token);
    expect(Object.keys(await contentOf(app.database))).toContain('email_token');
  });
});

describe('a person', () => {
  it('changes their password with the old one, and keeps only this session', async () => {
    const owner = await registerOwner(app);
    const other = (await signIn(owner.email, owner.password)).body.accessToken;
    const change = (currentPassword: string) =>
      post('/me/password', { currentPassword, newPassword }, owner.token);
    expect(verdictOf(await change('not the password'))).toBe('401 unauthenticated');
    expect(verdictOf(await change(owner.password))).toBe('ok');
    expect(verdictOf(await app.rest('GET', '/v1/me', { bearer: owner.token }))).toBe('ok');
    expect(verdictOf(await app.rest('GET', '/v1/me', { bearer: other }))).toBe('401 unauthenticated');
  });
});
