import { generateSync } from 'otplib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningApi, type TestApp, openTestApp } from '../../app.ts';
import { verdictOf } from '../../procedures.ts';
import { type Owner, confirmAddress, registerOwner } from '../../users.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

interface Key {
  id: string;
  secret: string;
}
const a: Key = { id: 'a', secret: 'a'.repeat(32) };
const b: Key = { id: 'b', secret: 'b'.repeat(32) };

/** Runs `work` with an API that was started with these keys. */
async function withKeys<T>(secondFactorKeys: Key[], work: (api: RunningApi) => Promise<T>): Promise<T> {
  const api = await app.openAnother({ secondFactorKeys });
  return work(api).finally(() => api.close());
}

const codeOf = (secret: string) =>
  generateSync({ secret, epoch: Math.floor(app.api.clock().getTime() / 1000) });

/** Sets an authenticator app up, and answers its secret. */
async function setUp(api: RunningApi, owner: Owner): Promise<string> {
  await confirmAddress(app, owner);
  const { token: bearer, password } = owner;
  const { secret } = (await api.rest('POST', '/v1/me/totp', { body: { password }, bearer })).body;
  const body = { code: codeOf(secret) };
  expect(verdictOf(await api.rest('POST', '/v1/me/totp/confirm', { body, bearer }))).toBe('ok');
  return secret;
}

async function signIn(keys: Key[], { email, password }: Owner, totpCode: string): Promise<string> {
  const body = { email, password, totpCode };
  return withKeys(keys, async (api) => verdictOf(await api.rest('POST', '/v1/sessions', { body })));
}

async function sealedBy({ userId }: Owner): Promise<unknown> {
  const sql = "select split_part(sealed_secret, '.', 1) as key from second_factor where user_id = $1";
  return (await app.database.query(sql, [userId]))[0]?.['key'];
}

describe('the secret of an authenticator app', () => {
  it('is sealed by the newest key when it is next used, and then needs no older key', async () => {
    const owner = await registerOwner(app);
    const secret = await withKeys([a], (api) => setUp(api, owner));
    app.passSeconds(30);
    expect(await signIn([b, a], owner, '000000')).toBe('401 unauthenticated');
    expect(await sealedBy(owner)).toBe('a');
    expect(await signIn([b, a], owner, codeOf(secret))).toBe('ok');
    expect(await sealedBy(owner)).toBe('b');
    app.passSeconds(30);
    expect(await signIn([b], owner, codeOf(secret))).toBe('ok');
    expect(await sealedBy(owner)).toBe('b');
  });

  it('cannot be used once its key is gone, and the log names the key', async () => {
    const owner = await registerOwner(app);
    const secret = await withKeys([a], (api) => setUp(api, owner));
    app.passSeconds(30);
    expect(await signIn([b], owner, codeOf(secret))).toBe('500 internal_error');
    expect(JSON.stringify(app.logs)).toContain('a stored secret is sealed by the key');
    expect(JSON.stringify(app.logs)).not.toContain(a.secret);
    expect(await signIn([b, a], owner, codeOf(secret))).toBe('ok');
  });
});
