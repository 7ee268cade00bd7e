import { fingerprintOf } from '@tenantry/db/idempotency/fingerprint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { mailedToken } from '../../mailbox.ts';
import { verdictOf } from '../../procedures.ts';
import { type Owner, registerOwner, confirmAddress } from '../../users.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

let keys = 0;
const newKey = () => `person-key-${(keys += 1)}`;
const post = ({ token }: Owner, path: string, body: unknown, key?: string) =>
  app.rest('POST', `/v1${path}`, {
    body,
    bearer: token,
    headers: key === undefined ? {} : { 'idempotency-key': key },
  });
const eventsOf = ({ userId }: Owner, action: string) =>
  app.database.query(
    "select actor, facts from security_event where action = $2 and (actor = 'user:' || $1::text or facts->>'userId' = $1::text)",
    [userId, action],
  );

describe('a change that a person makes without an account', () => {
  it('is recorded as an event in the same transaction', async () => {
    const owner = await registerOwner(app);
    const newPassword = 'another horse battery';
    await app.database.query('revoke insert on security_event from tenantry_api');
    const input = { currentPassword: owner.password, newPassword };
    expect((await post(owner, '/me/password', input)).status).toBe(500);
    await app.database.query('grant insert on security_event to tenantry_api');
    expect(await eventsOf(owner, 'me.changePassword')).toEqual([]);
    expect(verdictOf(await post(owner, '/me/password', input))).toBe('ok');
    expect(await eventsOf(owner, 'me.changePassword')).toEqual([
      { actor: `user:${owner.userId}`, facts: {} },
    ]);
  });

  it('commits a password reset, its ended sessions and its event together', async () => {
    const owner = await registerOwner(app);
    await app.rest('POST', '/v1/password-resets', { body: { email: owner.email } });
    const token = await mailedToken(app, owner.email, 'password-reset');
    const confirm = () =>
      app.rest('POST', '/v1/password-resets/confirm', { body: { token, password: 'another horse battery' } });
    await app.database.query('revoke insert on security_event from tenantry_api');
    expect((await confirm()).status).toBe(500);
    await app.database.query('grant insert on security_event to tenantry_api');
    expect(verdictOf(await app.rest('GET', '/v1/me', { bearer: owner.token }))).toBe('ok');
    expect(verdictOf(await confirm())).toBe('ok');
    expect(await eventsOf(owner, 'passwordReset.confirm')).toHaveLength(1);
  });

  it('is made once for a key, and the retry gets the same answer', async () => {
    const owner = await registerOwner(app);
    const key = newKey();
    const input = { currentPassword: owner.password, newPassword: 'another horse battery' };
    expect(verdictOf(await post(owner, '/me/password', input, key))).toBe('ok');
    const again = await post(owner, '/me/password', input, key);
    expect([verdictOf(again), again.headers.get('idempotency-replayed')]).toEqual(['ok', 'true']);
    expect(await eventsOf(owner, 'me.changePassword')).toHaveLength(1);
    const other = { ...input, newPassword: 'a third horse battery' };
    expect(verdictOf(await post(owner, '/me/password', other, key))).toBe('422 idempotency_mismatch');
  });

  it('stores no digest of a password that could be guessed', async () => {
    const owner = await registerOwner(app);
    const input = { currentPassword: owner.password, newPassword: 'another horse battery' };
    expect(verdictOf(await post(owner, '/me/password', input, newKey()))).toBe('ok');
    const [stored] = await app.database.query(
      'select fingerprint from person_idempotency_record where person_id = $1',
      [owner.userId],
    );
    expect(stored?.['fingerprint']).toMatch(/^[\da-f]{64}$/);
    expect(stored?.['fingerprint']).not.toBe(fingerprintOf(input));
  });

  it('never stores a secret: the retry has null in its place', async () => {
    const owner = await registerOwner(app);
    await confirmAddress(app, owner);
    const { password } = owner;
    const key = newKey();
    const first = await post(owner, '/me/totp', { password }, key);
    expect(first.body).toEqual({ secret: expect.any(String), uri: expect.any(String) });
    const again = await post(owner, '/me/totp', { password }, key);
    expect(again.body).toEqual({ secret: null, uri: null });
    const stored = await app.database.query(
      'select body from person_idempotency_record where person_id = $1',
      [owner.userId],
    );
    expect(stored).toEqual([{ body: '{"secret":null,"uri":null}' }]);
  });

  it('shares its idempotency key with no other person, and does not use it up when it is refused', async () => {
    const [owner, other] = [await registerOwner(app), await registerOwner(app)];
    const key = newKey();
    const wrong = { currentPassword: 'not the password', newPassword: 'another horse battery' };
    expect(verdictOf(await post(owner, '/me/password', wrong, key))).toBe('401 unauthenticated');
    const right = { ...wrong, currentPassword: owner.password };
    expect(verdictOf(await post(owner, '/me/password', right, key))).toBe('ok');
    expect(
      verdictOf(await post(other, '/me/password', { ...right, currentPassword: other.password }, key)),
    ).toBe('ok');
  });
});
