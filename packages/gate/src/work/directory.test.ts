import { type TestApp, openTestApp } from '@tenantry/testing/app';
import { verdictOf } from '@tenantry/testing/procedures';
import { registerOwner } from '@tenantry/testing/users';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

describe('a change that a person makes with an idempotency key', () => {
  it('frees its key when it fails', async () => {
    const { token, password } = await registerOwner(app);
    const change = () =>
      app.rest('POST', '/v1/me/password', {
        body: { currentPassword: password, newPassword: 'another horse battery' },
        bearer: token,
        headers: { 'idempotency-key': 'one' },
      });
    await app.database.query('revoke insert on security_event from tenantry_api');
    expect(verdictOf(await change())).toBe('500 internal_error');
    await app.database.query('grant insert on security_event to tenantry_api');
    expect(verdictOf(await change())).toBe('ok');
  });
});
