import { codeAt } from '@tenantry/identity/second-factor.fixture';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { callProcedure, procedures, termsOf, transports, verdictOf } from '../../procedures.ts';
import { rightInputs } from '../../right-inputs.ts';
import { openWorld } from '../../fixture.ts';
import { addStaff, signInStaff, staffPassword } from '../../users.ts';

/** The admin app of production, where a second factor is required of staff. */
let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ mode: 'production' });
});
afterAll(() => app.close());

const post = (path: string, body: unknown, bearer?: string) =>
  app.admin.rest('POST', `/v1${path}`, { body, bearer });
const signIn = (email: string, totpCode?: string) =>
  post('/sessions', { email, password: staffPassword, totpCode });
const accounts = (bearer: string) => app.admin.rest('GET', '/v1/accounts', { bearer });

/** A member of staff whose app is confirmed, with the secret of that app. */
async function withFactor(role: 'support' | 'platform_admin' = 'support') {
  const email = await addStaff(app, role);
  const token: string = (await signIn(email)).body.token;
  const { secret } = (await post('/me/totp', { password: staffPassword }, token)).body;
  const code = codeAt(secret, app.api.clock());
  const { recoveryCodes } = (await post('/me/totp/confirm', { code }, token)).body;
  return { email, token, secret, code, recoveryCodes };
}

describe('staff without a second factor in production', () => {
  it('may do nothing but set one up, whatever their role, over both transports', async () => {
    const world = await openWorld(app, 'Own');
    const token = await signInStaff(app, 'platform_admin');
    const open: string[] = [];
    for (const { name, route } of procedures.admin.values()) {
      if (route.public) continue;
      const terms = termsOf('admin', name);
      if (terms?.audience === 'staff' && terms.beforeSecondFactor === true) {
        open.push(name);
        continue;
      }
      const call = {
        app: 'admin',
        name,
        input: rightInputs('admin', name, world),
        headers: { authorization: `Bearer ${token}` },
      } as const;
      for (const transport of transports)
        expect(verdictOf(await callProcedure(app.admin, transport, call)), name).toBe(
          '401 second_factor_required',
        );
    }
    expect(open.toSorted()).toEqual([
      'me.changePassword',
      'session.delete',
      'session.end',
      'session.get',
      'session.list',
      'totp.confirm',
      'totp.create',
    ]);
  });

  it('learn that one is required, and work once it is confirmed', async () => {
    const token = await signInStaff(app, 'support');
    const current = async () => (await app.admin.rest('GET', '/v1/sessions/current', { bearer: token })).body;
    expect(await current()).toMatchObject({ requiresSecondFactor: true, secondFactor: null });
    expect(verdictOf(await post('/me/totp', { password: 'wrong' }, token))).toBe('401 unauthenticated');
    const { secret } = (await post('/me/totp', { password: staffPassword }, token)).body;
    expect(verdictOf(await accounts(token))).toBe('401 second_factor_required');
    expect(verdictOf(await post('/me/totp/confirm', { code: '000000' }, token))).toBe('401 unauthenticated');
    expect(verdictOf(await post('/me/totp/confirm', { code: codeAt(secret, app.api.clock()) }, token))).toBe(
      'ok',
    );
    expect(await current()).toMatchObject({ secondFactor: { recoveryCodesLeft: 10 } });
    expect(verdictOf(await accounts(token))).toBe('ok');
  });
});

describe('signing in with a second factor', () => {
  it('needs a code that was not used, of the app or for recovery, each once', async () => {
    const { email, code, recoveryCodes } = await withFactor();
    expect(verdictOf(await signIn(email))).toBe('401 second_factor_required');
    expect(verdictOf(await signIn(email, '000000'))).toBe('401 unauthenticated');
    expect(verdictOf(await signIn(email, code))).toBe('401 unauthenticated');
    const [first] = recoveryCodes;
    const both = await Promise.all([signIn(email, first), signIn(email, first)]);
    expect(both.map(verdictOf).toSorted()).toEqual(['401 unauthenticated', 'ok']);
  });

  it('tells nobody who does not know the password that there is one', async () => {
    const { email } = await withFactor();
    const wrong = await post('/sessions', { email, password: 'not the password' });
    const nobody = await post('/sessions', { email: 'nobody@staff.test', password: 'not the password' });
    expect([verdictOf(wrong), verdictOf(nobody)]).toEqual(['401 unauthenticated', '401 unauthenticated']);
  });

  it('locks the codes of one member after ten wrong ones, also for a right one', async () => {
    const { email, recoveryCodes } = await withFactor();
    for (let tried = 0; tried < 10; tried += 1) await signIn(email, '000000');
    expect(verdictOf(await signIn(email, recoveryCodes[0]))).toBe('429 throttled');
  });
});

describe('a second factor of staff', () => {
  it('is removed and replaced with the password and a code alone', async () => {
    const { email, token, recoveryCodes } = await withFactor();
    const remove = (code: string, password = staffPassword) =>
      post('/me/totp/disable', { code, password }, token);
    expect(verdictOf(await remove(recoveryCodes[1], 'wrong'))).toBe('401 unauthenticated');
    expect(verdictOf(await remove('000000'))).toBe('401 unauthenticated');
    expect(verdictOf(await post('/me/totp', { password: staffPassword }, token))).toBe('409 conflict');
    const renewed = await post(
      '/me/totp/recovery-codes',
      { code: recoveryCodes[0], password: staffPassword },
      token,
    );
    expect(renewed.body.recoveryCodes).toHaveLength(10);
    expect(verdictOf(await remove(recoveryCodes[1]))).toBe('401 unauthenticated');
    expect(verdictOf(await remove(renewed.body.recoveryCodes[0]))).toBe('ok');
    expect(verdictOf(await accounts(token))).toBe('401 second_factor_required');
    expect(verdictOf(await signIn(email))).toBe('ok');
  });

  it('stores no secret and no code as text', async () => {
    const { secret, recoveryCodes } = await withFactor();
    const stored = await app.database.query(
      'select to_jsonb(f) as row from staff_second_factor f union all select to_jsonb(c) from staff_recovery_code c',
    );
    const text = JSON.stringify(stored);
    expect([secret, ...recoveryCodes].filter((one: string) => text.includes(one))).toEqual([]);
  });

  it('is removed by a platform admin, which ends the sessions and replaces the password', async () => {
    const { email, token } = await withFactor();
    const admin = await withFactor('platform_admin');
    const { items } = (await app.admin.rest('GET', '/v1/staff', { bearer: admin.token })).body;
    const { id, hasSecondFactor } = items.find((one: { email: string }) => one.email === email);
    expect(hasSecondFactor).toBe(true);
    const reset = await post(`/staff/${id}/reset`, { reason: 'Lost the phone.' }, admin.token);
    expect(reset.body).toMatchObject({ email, hasSecondFactor: false });
    expect(verdictOf(await accounts(token))).toBe('401 unauthenticated');
    expect(verdictOf(await signIn(email))).toBe('401 unauthenticated');
    expect(verdictOf(await post('/sessions', { email, password: reset.body.password }))).toBe('ok');
  });
});
