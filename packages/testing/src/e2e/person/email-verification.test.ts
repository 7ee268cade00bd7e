import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { mailedToken } from '../../mailbox.ts';
import { registerOwner } from '../../users.ts';
import { verdictOf } from '../../procedures.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const confirm = (token: string) => app.rest('POST', '/v1/email-verifications/confirm', { body: { token } });

describe('a person', () => {
  it('confirms their address once, with the e-mail that a registration sends', async () => {
    const owner = await registerOwner(app);
    const verifiedAt = async () =>
      (await app.rest('GET', '/v1/me', { bearer: owner.token })).body.emailVerifiedAt;
    expect(await verifiedAt()).toBeNull();
    const token = await mailedToken(app, owner.email, 'email-verification');
    expect(verdictOf(await confirm(token))).toBe('ok');
    expect(verdictOf(await confirm(token))).toBe('404 not_found');
    expect(await verifiedAt()).toMatch(/^20\d\d-/);
  });
});
