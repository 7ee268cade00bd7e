import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { generateSync } from 'otplib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../caller.ts';
import { runConcurrently } from '../concurrent-clients.ts';
import { contentOf } from '../failpoint.ts';
import { type TestApp, openTestApp } from '../app.ts';
import { mailedToken } from '../mailbox.ts';
import { type Owner, registerOwner } from '../users.ts';
import { sameBytes, verdictOf } from '../procedures.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const post = (path: string, body: unknown, bearer?: string): Promise<Answer> =>
  app.rest('POST', `/v1${path}`, { body, bearer });
const signIn = (email: string, password: string) => post('/sessions', { email, password });

const tokenMailedTo = (address: string, page: string) => mailedToken(app, address, page);
const newPassword = 'another long password';

describe('a password reset', () => {
  it('is asked for alike with a known and an unknown address, and mails only the known (L1)', async () => {
    const owner = await registerOwner(app);
    const known = await post('/password-resets', { email: owner.email.toUpperCase() });
    const unknown = await post('/password-resets', { email: 'nobody@example.test' });
    expect(verdictOf(known)).toBe('ok');
    expect(sameBytes(unknown)).toBe(sameBytes(known));
    expect(await tokenMailedTo(owner.email, 'password-reset')).toHaveLength(43);
    await expect(tokenMailedTo('nobody@example.test', 'password-reset')).rejects.toThrow('no letter');
  });

  it('works once, though twenty use its token at once, and ends every session (L2, L3)', async () => {
    const owner = await registerOwner(app);
    const refreshed = (await signIn(owner.email, owner.password)).body.refreshToken;
    await post('/password-resets', { email: owner.email });
    const token = await tokenMailedTo(owner.email, 'password-reset');
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

  it('is good for an hour, until a newer one is asked for, and is nothing else’s token', async () => {
    const owner = await registerOwner(app);
    await post('/password-resets', { email: owner.email });
    const first = await tokenMailedTo(owner.email, 'password-reset');
    await post('/password-resets', { email: owner.email });
    const second = await tokenMailedTo(owner.email, 'password-reset');
    const confirm = (token: string) => post('/password-resets/confirm', { token, password: newPassword });
    expect(first).not.toBe(second);
    expect(verdictOf(await confirm(first))).toBe('404 not_found');
    expect(verdictOf(await confirm(await tokenMailedTo(owner.email, 'email-verification')))).toBe(
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

  it('leads where the configuration says, whatever Host the request names (L2)', async () => {
    const owner = await registerOwner(app);
    const headers = { 'x-forwarded-host': 'evil.example', origin: 'https://evil.example' };
    await app.rest('POST', '/v1/password-resets', { body: { email: owner.email }, headers });
    await tokenMailedTo(owner.email, 'password-reset');
    for (const name of await readdir(join(app.filesFolder, 'mail')))
      expect(await readFile(join(app.filesFolder, 'mail', name), 'utf8')).not.toContain('evil');
  });

  it('stores no token, and logs none (M12)', async () => {
    const owner = await registerOwner(app);
    await post('/password-resets', { email: owner.email });
    const token = await tokenMailedTo(owner.email, 'password-reset');
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

  it('confirms their address with the letter that registration sends, once', async () => {
    const owner = await registerOwner(app);
    const verifiedAt = async () =>
      (await app.rest('GET', '/v1/me', { bearer: owner.token })).body.emailVerifiedAt;
    expect(await verifiedAt()).toBeNull();
    const token = await tokenMailedTo(owner.email, 'email-verification');
    expect(verdictOf(await post('/email-verifications/confirm', { token }))).toBe('ok');
    expect(verdictOf(await post('/email-verifications/confirm', { token }))).toBe('404 not_found');
    expect(await verifiedAt()).toMatch(/^20\d\d-/);
  });
});

describe('a second factor', () => {
  const withCode = (owner: Owner, totpCode?: string) =>
    post('/sessions', { email: owner.email, password: owner.password, totpCode });

  /** Sets an app up; answers its secret and the recovery codes. */
  async function setUp(owner: Owner): Promise<{ code(): string; recoveryCodes: string[] }> {
    const { secret } = (await post('/me/totp', {}, owner.token)).body;
    const code = () => generateSync({ secret, epoch: Math.floor(app.api.clock().getTime() / 1000) });
    expect(verdictOf(await withCode(owner))).toBe('ok');
    const confirmed = await post('/me/totp/confirm', { code: code() }, owner.token);
    expect(verdictOf(confirmed)).toBe('ok');
    return { code, recoveryCodes: confirmed.body.recoveryCodes };
  }

  it('is asked for once it is confirmed, and takes each code once', async () => {
    const owner = await registerOwner(app);
    const { code } = await setUp(owner);
    expect(verdictOf(await withCode(owner))).toBe('401 second_factor_required');
    expect(verdictOf(await withCode(owner, code()))).toBe('401 unauthenticated');
    app.passSeconds(30);
    const outcomes = await runConcurrently(5, 5, async () => verdictOf(await withCode(owner, code())));
    expect(outcomes).toEqual({ ok: 1, '401 unauthenticated': 4 });
    app.passSeconds(-30);
    expect(verdictOf(await signIn(owner.email, 'not the password'))).toBe('401 unauthenticated');
  });

  it('takes each recovery code once, and goes with a code alone', async () => {
    const owner = await registerOwner(app);
    const { recoveryCodes } = await setUp(owner);
    const [first = '', second = ''] = recoveryCodes;
    expect(recoveryCodes).toHaveLength(10);
    expect(verdictOf(await withCode(owner, first))).toBe('ok');
    expect(verdictOf(await withCode(owner, first))).toBe('401 unauthenticated');
    expect(verdictOf(await post('/me/totp', {}, owner.token))).toBe('409 conflict');
    expect(verdictOf(await post('/me/totp/disable', { code: '000000' }, owner.token))).toBe(
      '401 unauthenticated',
    );
    expect(verdictOf(await post('/me/totp/disable', { code: second }, owner.token))).toBe('ok');
    expect(verdictOf(await withCode(owner))).toBe('ok');
  });

  it('keeps its secret sealed', async () => {
    const owner = await registerOwner(app);
    const { secret } = (await post('/me/totp', {}, owner.token)).body;
    const [row] = await app.database.query('select sealed_secret from second_factor where user_id = $1', [
      owner.userId,
    ]);
    expect(String(row?.['sealed_secret'])).not.toContain(secret);
    expect(JSON.stringify(app.logs)).not.toContain(secret);
  });
});

describe('an invitation', () => {
  const invite = (by: Owner, email: string, role = 'viewer', more = {}) =>
    post('/invitations', { email, role, ...more }, by.token);
  const accept = (token: string, password = newPassword) => post('/invitations/accept', { token, password });
  let invited = 0;
  const newAddress = () => {
    invited += 1;
    return `invited${invited}@example.test`;
  };

  it('makes a new person a member, once, and says nothing of its token', async () => {
    const owner = await registerOwner(app);
    const email = newAddress();
    const made = await invite(owner, email, 'editor');
    expect(made.body).toMatchObject({ email, role: 'editor', status: 'open' });
    const token = await tokenMailedTo(email, 'invitation');
    expect(JSON.stringify(made.body)).not.toContain(token);
    const outcomes = await runConcurrently(10, 10, async () => verdictOf(await accept(token)));
    expect(outcomes['ok']).toBe(1);
    const session = await signIn(email, newPassword);
    expect(session.body.accounts).toEqual([expect.objectContaining({ id: owner.accountId, role: 'editor' })]);
    const { items } = (await app.rest('GET', '/v1/invitations', { bearer: owner.token })).body;
    expect(items.map((one: { status: string }) => one.status)).toEqual(['accepted']);
    expect(verdictOf(await accept(token))).toBe('404 not_found');
  });

  it('takes a known person by their own password, and answers the inviter alike (L5)', async () => {
    const [owner, known] = [await registerOwner(app), await registerOwner(app)];
    const fields = (answer: Answer) => Object.keys(answer.body).toSorted();
    const forKnown = await invite(owner, known.email);
    expect(fields(forKnown)).toEqual(fields(await invite(await registerOwner(app), newAddress())));
    const token = await tokenMailedTo(known.email, 'invitation');
    expect(verdictOf(await accept(token, 'not the password'))).toBe('401 unauthenticated');
    expect((await accept(token, known.password)).body).toMatchObject({
      accountId: owner.accountId,
      userId: known.userId,
    });
    expect((await signIn(known.email, known.password)).body.accounts).toHaveLength(2);
  });

  it('is worth nothing when revoked, expired, replaced, or when who made it could not make it any more (L4)', async () => {
    const owner = await registerOwner(app);
    const email = newAddress();
    const first = await invite(owner, email);
    const token = await tokenMailedTo(email, 'invitation');
    await app.rest('DELETE', `/v1/invitations/${first.body.id}`, { bearer: owner.token });
    expect(verdictOf(await accept(token))).toBe('404 not_found');
    await invite(owner, email);
    const second = await tokenMailedTo(email, 'invitation');
    await invite(owner, email);
    const third = await tokenMailedTo(email, 'invitation');
    expect(verdictOf(await accept(second))).toBe('404 not_found');
    app.passSeconds(7 * 86_400 + 1);
    expect(verdictOf(await accept(third))).toBe('404 not_found');
    app.passSeconds(-7 * 86_400 - 1);
    await app.database.query("update membership set role = 'editor' where account_id = $1", [
      owner.accountId,
    ]);
    expect(verdictOf(await accept(third))).toBe('404 not_found');
    await app.database.query("update membership set role = 'owner' where account_id = $1", [owner.accountId]);
    expect(verdictOf(await accept(third))).toBe('ok');
  });

  it('gives no role above the inviter’s, and no seat that the plan lacks', async () => {
    const owner = await registerOwner(app);
    const [one, two] = [newAddress(), newAddress()];
    expect(verdictOf(await invite(owner, one, 'admin'))).toBe('ok');
    expect(verdictOf(await invite(owner, two))).toBe('402 plan_limit_reached');
    await accept(await tokenMailedTo(one, 'invitation'));
    const admin = (await signIn(one, newPassword)).body.accessToken;
    expect(verdictOf(await post('/invitations', { email: two, role: 'owner' }, admin))).toBe(
      '403 role_forbids',
    );
    expect(verdictOf(await post('/invitations', { email: two, role: 'viewer' }, admin))).toBe(
      '402 plan_limit_reached',
    );
  });
});
