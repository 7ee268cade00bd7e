import { generateSync } from 'otplib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../caller.ts';
import { runConcurrently } from '../../concurrent-clients.ts';
import { type TestApp, openTestApp } from '../../app.ts';
import { type Owner, confirmAddress, registerOwner } from '../../users.ts';
import { verdictOf } from '../../procedures.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const post = (path: string, body: unknown, bearer?: string): Promise<Answer> =>
  app.rest('POST', `/v1${path}`, { body, bearer });
const signIn = (email: string, password: string) => post('/sessions', { email, password });

describe('a second factor', () => {
  const withCode = (owner: Owner, totpCode?: string) =>
    post('/sessions', { email: owner.email, password: owner.password, totpCode });

  /** Sets up an authenticator app; answers how to make a code, and the recovery codes. */
  async function setUp(owner: Owner): Promise<{ code(): string; recoveryCodes: string[] }> {
    await confirmAddress(app, owner);
    const { secret } = (await post('/me/totp', { password: owner.password }, owner.token)).body;
    const code = () => generateSync({ secret, epoch: Math.floor(app.api.clock().getTime() / 1000) });
    expect(verdictOf(await withCode(owner))).toBe('ok');
    const confirmed = await post('/me/totp/confirm', { code: code() }, owner.token);
    expect(verdictOf(confirmed)).toBe('ok');
    return { code, recoveryCodes: confirmed.body.recoveryCodes };
  }

  it('is required once it is confirmed, and accepts each code once', async () => {
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

  it('accepts each recovery code once, and is disabled only with a code', async () => {
    const owner = await registerOwner(app);
    const { recoveryCodes } = await setUp(owner);
    const [first = '', second = ''] = recoveryCodes;
    expect(recoveryCodes).toHaveLength(10);
    expect(verdictOf(await withCode(owner, first))).toBe('ok');
    expect(verdictOf(await withCode(owner, first))).toBe('401 unauthenticated');
    const { password } = owner;
    expect(verdictOf(await post('/me/totp', { password }, owner.token))).toBe('409 conflict');
    expect(verdictOf(await post('/me/totp/disable', { password, code: '000000' }, owner.token))).toBe(
      '401 unauthenticated',
    );
    expect(verdictOf(await post('/me/totp/disable', { password, code: second }, owner.token))).toBe('ok');
    expect(verdictOf(await withCode(owner))).toBe('ok');
  });

  it('stores its secret encrypted, and logs nothing of it', async () => {
    const owner = await registerOwner(app);
    await confirmAddress(app, owner);
    const { secret } = (await post('/me/totp', { password: owner.password }, owner.token)).body;
    const [row] = await app.database.query('select sealed_secret from second_factor where user_id = $1', [
      owner.userId,
    ]);
    expect(String(row?.['sealed_secret'])).not.toContain(secret);
    expect(JSON.stringify(app.logs)).not.toContain(secret);
  });
});
