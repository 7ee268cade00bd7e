import { generateSync } from 'otplib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import type { Answer } from '../../caller.ts';
import { runConcurrently } from '../../concurrent-clients.ts';
import { mailedToken } from '../../mailbox.ts';
import { verdictOf } from '../../procedures.ts';
import { type Owner, confirmAddress, registerOwner, setUpSecondFactor, signInStaff } from '../../users.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const post = (path: string, body: unknown, bearer?: string): Promise<Answer> =>
  app.rest('POST', `/v1${path}`, { body, bearer });
const signIn = ({ email }: Owner, password: string, totpCode?: string) =>
  post('/sessions', { email, password, totpCode });
const me = (bearer: string) => app.rest('GET', '/v1/me', { bearer });
const newPassword = 'another long password';

/** Sets a new password with the link that is mailed to the address. */
async function reset({ email }: Owner): Promise<Answer> {
  await post('/password-resets', { email });
  return post('/password-resets/confirm', {
    token: await mailedToken(app, email, 'password-reset'),
    password: newPassword,
  });
}

/** Stores the second factor of a person as it could be set up before addresses had to be confirmed first. */
async function squat({ userId }: Owner): Promise<void> {
  await app.database.query(
    `insert into second_factor (user_id, sealed_secret, created_at, confirmed_at, address_confirmed)
     values ($1, 'sealed', now(), now(), false)`,
    [userId],
  );
}

describe('the owner of a mailbox that somebody else registered first', () => {
  it('is not locked out by a second factor, which needs a confirmed address (L12)', async () => {
    const squatter = await registerOwner(app);
    const begin = () => post('/me/totp', { password: squatter.password }, squatter.token);
    const refused = await begin();
    expect(verdictOf(refused)).toBe('409 email_unverified');
    expect(refused.body.detail).toContain('Ask for the e-mail with the link');
    await confirmAddress(app, squatter);
    expect(verdictOf(await begin())).toBe('ok');
  });

  it('gets the account by a reset, which ends whatever the other set up and locked (L3, L12)', async () => {
    const squatter = await registerOwner(app);
    await squat(squatter);
    expect(verdictOf(await signIn(squatter, squatter.password))).toBe('401 second_factor_required');
    await runConcurrently(10, 10, async () => verdictOf(await signIn(squatter, 'not the password')));
    expect(verdictOf(await signIn(squatter, squatter.password))).toBe('429 throttled');
    expect(verdictOf(await reset(squatter))).toBe('ok');
    const own = await signIn(squatter, newPassword);
    expect(verdictOf(own)).toBe('ok');
    const shown = (await me(own.body.accessToken)).body;
    expect(shown.emailVerifiedAt).toEqual(expect.any(String));
    expect(shown.secondFactor).toBeNull();
    expect(verdictOf(await me(squatter.token))).toBe('401 unauthenticated');
  });

  it('keeps a second factor that was set up with a confirmed address (L12)', async () => {
    const owner = await registerOwner(app);
    const { recoveryCodes } = await setUpSecondFactor(app, owner);
    expect(verdictOf(await reset(owner))).toBe('ok');
    expect(verdictOf(await signIn(owner, newPassword))).toBe('401 second_factor_required');
    expect(verdictOf(await signIn(owner, newPassword, recoveryCodes[0]))).toBe('ok');
  });

  it('is rid of a second factor that was begun and not confirmed', async () => {
    const owner = await registerOwner(app);
    await confirmAddress(app, owner);
    await post('/me/totp', { password: owner.password }, owner.token);
    await reset(owner);
    const sql = 'select 1 from second_factor where user_id = $1';
    expect(await app.database.query(sql, [owner.userId])).toEqual([]);
  });
});

describe('a second factor', () => {
  it('is shown with the recovery codes that are left, and gets new ones (L13)', async () => {
    const owner = await registerOwner(app);
    expect((await me(owner.token)).body.secondFactor).toBeNull();
    const { recoveryCodes, secret } = await setUpSecondFactor(app, owner);
    const [first = '', second = ''] = recoveryCodes;
    expect(verdictOf(await signIn(owner, owner.password, first))).toBe('ok');
    const shown = (await me(owner.token)).body.secondFactor;
    expect(shown).toEqual({ confirmedAt: expect.any(String), recoveryCodesLeft: 9 });
    const renew = (password: string, code: string) =>
      post('/me/totp/recovery-codes', { password, code }, owner.token);
    expect(verdictOf(await renew('not the password', second))).toBe('401 unauthenticated');
    expect(verdictOf(await renew(owner.password, '000000'))).toBe('401 unauthenticated');
    app.passSeconds(30);
    const epoch = Math.floor(app.api.clock().getTime() / 1000);
    const renewed = await renew(owner.password, generateSync({ secret, epoch }));
    app.passSeconds(-30);
    expect([renewed.status, new Set(renewed.body.recoveryCodes).size]).toEqual([201, 10]);
    expect((await me(owner.token)).body.secondFactor.recoveryCodesLeft).toBe(10);
    expect(verdictOf(await signIn(owner, owner.password, second))).toBe('401 unauthenticated');
    expect(verdictOf(await signIn(owner, owner.password, renewed.body.recoveryCodes[0]))).toBe('ok');
  });

  it('is not set up, renewed or removed without the password (L13)', async () => {
    const owner = await registerOwner(app);
    await confirmAddress(app, owner);
    const password = 'not the password';
    expect(verdictOf(await post('/me/totp', { password }, owner.token))).toBe('401 unauthenticated');
    expect(verdictOf(await post('/me/totp', {}, owner.token))).toBe('400 invalid_input');
    const other = await registerOwner(app);
    const code = (await setUpSecondFactor(app, other)).recoveryCodes[0];
    expect(verdictOf(await post('/me/totp/disable', { password, code }, other.token))).toBe(
      '401 unauthenticated',
    );
    expect(verdictOf(await post('/me/totp/recovery-codes', { password, code }, other.token))).toBe(
      '401 unauthenticated',
    );
    const right = { password: other.password, code };
    expect(verdictOf(await post('/me/totp/disable', right, other.token))).toBe('ok');
    expect(verdictOf(await post('/me/totp/recovery-codes', right, other.token))).toBe('409 conflict');
  });
});

describe('a platform admin', () => {
  it('removes a lost second factor with a reason, which stays on record, and ends the sessions (L14)', async () => {
    const owner = await registerOwner(app);
    await setUpSecondFactor(app, owner);
    const token = await signInStaff(app, 'platform_admin');
    const remove = (body: unknown, bearer = token) =>
      app.admin.rest('POST', '/v1/users/reset-second-factor', { body, bearer });
    const { email } = owner;
    const reason = 'The phone was lost.';
    expect(verdictOf(await remove({ email, reason }, await signInStaff(app, 'support')))).toBe(
      '403 role_forbids',
    );
    expect(verdictOf(await remove({ email }))).toBe('400 invalid_input');
    expect(verdictOf(await remove({ email: 'nobody@example.test', reason }))).toBe('404 not_found');
    const removed = await remove({ email: email.toUpperCase(), reason });
    expect([removed.status, removed.body]).toEqual([200, { id: owner.userId }]);
    expect(verdictOf(await remove({ email, reason }))).toBe('409 conflict');
    const [event] = await app.database.query(
      "select facts from security_event where action = 'user.resetSecondFactor' and facts->>'subject' = $1",
      [owner.userId],
    );
    expect(event).toEqual({ facts: { reason, subject: owner.userId } });
    await expect.poll(async () => verdictOf(await me(owner.token))).toBe('401 unauthenticated');
    expect(verdictOf(await signIn(owner, owner.password))).toBe('ok');
  });
});
