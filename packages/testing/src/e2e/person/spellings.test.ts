import { hashPassword } from '@tenantry/identity/password';
import { hashRaw } from '@tenantry/identity/password.fixture';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import type { Answer } from '../../caller.ts';
import { mailedToken } from '../../mailbox.ts';
import { verdictOf } from '../../procedures.ts';
import { registerOwner, setUpSecondFactor, signInStaff } from '../../users.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const post = (path: string, body: unknown, bearer?: string): Promise<Answer> =>
  app.rest('POST', `/v1${path}`, { body, bearer });
const composed = 'caf\u00e9 au lait pour moi';
const decomposed = 'cafe\u0301 au\u00a0lait pour moi';
/** The fields that a refusal names, each once. */
const fieldsOf = ({ body }: Answer) => [
  ...new Set((body?.errors ?? []).map(({ path }: { path: string }) => path)),
];

describe('a password', () => {
  it('is the same however it is composed: at registration, sign-in, change and reset (L10)', async () => {
    const { email } = await registerOwner(app, { password: decomposed });
    const signIn = (password: string) => post('/sessions', { email, password });
    const session = await signIn(composed);
    expect([verdictOf(session), verdictOf(await signIn(decomposed))]).toEqual(['ok', 'ok']);
    const bearer = session.body.accessToken;
    const change = { currentPassword: composed, newPassword: `${decomposed}, e\u0301galement` };
    expect(verdictOf(await post('/me/password', change, bearer))).toBe('ok');
    expect(verdictOf(await signIn(`${composed}, \u00e9galement`))).toBe('ok');
    await post('/password-resets', { email });
    const token = await mailedToken(app, email, 'password-reset');
    expect(verdictOf(await post('/password-resets/confirm', { token, password: decomposed }))).toBe('ok');
    expect(verdictOf(await signIn(composed))).toBe('ok');
  });

  it('that was stored as it came still signs in, and then in its normal form (L10)', async () => {
    const owner = await registerOwner(app);
    const store = async (passwordHash: string) =>
      app.database.query('update app_user set password_hash = $2 where id = $1', [
        owner.userId,
        passwordHash,
      ]);
    await store(await hashRaw(decomposed));
    const signIn = (password: string) => post('/sessions', { email: owner.email, password });
    expect(verdictOf(await signIn(composed))).toBe('401 unauthenticated');
    expect(verdictOf(await signIn(decomposed))).toBe('ok');
    expect(verdictOf(await signIn(composed))).toBe('ok');
  });

  it('of staff is the same in either form, and moves to its normal form too (L10)', async () => {
    const email = `accents.${process.pid}@staff.test`;
    await signInStaff(app, 'support', email);
    const store = (passwordHash: string) =>
      app.database.query('update staff set password_hash = $2 where email = $1', [email, passwordHash]);
    const signIn = (password: string) =>
      app.admin.rest('POST', '/v1/sessions', { body: { email, password } });
    await store(await hashPassword(composed));
    expect(verdictOf(await signIn(decomposed))).toBe('ok');
    await store(await hashRaw(decomposed));
    expect(verdictOf(await signIn(composed))).toBe('401 unauthenticated');
    expect(verdictOf(await signIn(decomposed))).toBe('ok');
    expect(verdictOf(await signIn(composed))).toBe('ok');
  });

  it.each(['password123', 'Qwertyuiop', 'Dragon12345', 'aaaaaaaaaaaa', '1234567890'])(
    'that is guessed first is not set: %s (L10)',
    async (password) => {
      const owner = await registerOwner(app);
      const registration = { email: `new.${process.pid}@example.test`, password, accountName: 'A' };
      const registered = await post('/registrations', registration);
      const changed = await post(
        '/me/password',
        { currentPassword: owner.password, newPassword: password },
        owner.token,
      );
      await post('/password-resets', { email: owner.email });
      const token = await mailedToken(app, owner.email, 'password-reset');
      const reset = await post('/password-resets/confirm', { token, password });
      const refused = [registered, changed, reset];
      expect(refused.map(verdictOf)).toEqual(Array.from({ length: 3 }, () => '400 invalid_input'));
      expect(refused.map(fieldsOf)).toEqual([['password'], ['newPassword'], ['password']]);
      expect(registered.body.errors[0].message).toContain('choose another');
      const good = { token, password: 'another long password' };
      expect(verdictOf(await post('/password-resets/confirm', good))).toBe('ok');
    },
  );

  it('that is made of the address or the name is not set, also by who is invited (L10)', async () => {
    const [owner, invited] = [await registerOwner(app), `grace.hopper.${process.pid}@navy.test`];
    const [local = ''] = owner.email.split('@');
    const change = { currentPassword: owner.password, newPassword: `${local}!123` };
    expect(verdictOf(await post('/me/password', change, owner.token))).toBe('400 invalid_input');
    const registration = { email: 'ada@b.test', password: 'Engineworks1', accountName: 'Engine Works' };
    expect(verdictOf(await post('/registrations', registration))).toBe('400 invalid_input');
    await post('/invitations', { email: invited, role: 'viewer' }, owner.token);
    const token = await mailedToken(app, invited, 'invitation');
    const accept = (password: string) => post('/invitations/accept', { token, password });
    expect(verdictOf(await accept('GraceHopper1'))).toBe('400 invalid_input');
    expect(verdictOf(await accept('correct horse battery'))).toBe('ok');
  });
});

describe('a code', () => {
  it('is taken with blanks, dashes and capitals (L16)', async () => {
    const owner = await registerOwner(app);
    const { recoveryCodes } = await setUpSecondFactor(app, owner);
    const [first = '', second = '', third = ''] = recoveryCodes;
    const { email, password } = owner;
    const spelled = [first.toUpperCase(), ` ${second.replace('-', ' ')} `, third.replace('-', '')];
    for (const totpCode of spelled)
      expect(verdictOf(await post('/sessions', { email, password, totpCode })), totpCode).toBe('ok');
    const wrong = await post('/sessions', { email, password, totpCode: '12 34' });
    expect([verdictOf(wrong), fieldsOf(wrong)]).toEqual(['400 invalid_input', ['totpCode']]);
    expect(verdictOf(await post('/sessions', { email, password, totpCode: '000-000' }))).toBe(
      '401 unauthenticated',
    );
  });
});
