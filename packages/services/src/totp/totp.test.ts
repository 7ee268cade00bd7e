import { userFactors } from '@tenantry/db/second-factor/queries';
import { codeAt } from '@tenantry/identity/second-factor.fixture';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ServiceTest,
  type Tenant,
  accepted,
  codeOf,
  now,
  openServiceTest,
  password,
  secondsAfter,
} from '../service.fixture.ts';
import { createSession } from '../session/create.ts';
import { confirmTotp } from './confirm.ts';
import { createTotp } from './create.ts';
import { disableTotp } from './disable.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

const begin = ({ userId }: Tenant) => createTotp(services.person(userId), { password });

/** A person whose address is confirmed. */
async function register(): Promise<Tenant> {
  const tenant = await services.register();
  await services.confirmAddress(tenant);
  return tenant;
}
const confirm = ({ userId }: Tenant, code: string) => confirmTotp(services.person(userId), { code });
const disable = ({ userId }: Tenant, code: string, at = now) =>
  disableTotp(services.person(userId, at), { password, code });
const signIn = async ({ email }: Tenant, totpCode?: string, at = now) =>
  codeOf(await createSession(services.directory(at), { email, password, delivery: 'token', totpCode }));

/** A person whose authenticator app is confirmed with the code of `now`. */
async function withApp() {
  const tenant = await register();
  const { secret } = accepted(await begin(tenant));
  const { recoveryCodes } = accepted(await confirm(tenant, codeAt(secret, now)));
  const [first = '', second = ''] = recoveryCodes;
  return { tenant, secret, recoveryCodes, first, second };
}

describe('setting up an authenticator app', () => {
  it('asks for no code before the app is confirmed, and may begin again', async () => {
    const tenant = await register();
    const early = accepted(await begin(tenant));
    expect(early.uri).toContain(encodeURIComponent(tenant.email));
    expect(await signIn(tenant)).toBe('ok');
    const { secret } = accepted(await begin(tenant));
    expect(codeOf(await confirm(tenant, codeAt(early.secret, now)))).toBe('unauthenticated');
    expect(codeOf(await confirm(tenant, codeAt(secret, now)))).toBe('ok');
    expect(await signIn(tenant)).toBe('second_factor_required');
  });

  it('is confirmed once, though the code of a later step is right as well', async () => {
    const tenant = await register();
    await begin(tenant);
    const { userId } = tenant;
    const sql = 'select sealed_secret from second_factor where user_id = $1';
    const sealedSecret = String((await services.database.query(sql, [userId]))[0]?.['sealed_secret']);
    const confirmWith = (step: number) =>
      services.database.api.withoutAccount.write({ userId }, (tx) =>
        userFactors.confirm(tx, userId, { sealedSecret, step, now, recoveryDigests: [`digest ${step}`] }),
      );
    expect([await confirmWith(1), await confirmWith(2)]).toEqual([true, false]);
    const stored = await services.database.query('select digest from recovery_code where user_id = $1', [
      userId,
    ]);
    expect(stored).toEqual([{ digest: 'digest 1' }]);
  });

  it('seals the secret', async () => {
    const tenant = await register();
    const { secret } = accepted(await begin(tenant));
    const [row] = await services.database.query(
      'select sealed_secret from second_factor where user_id = $1',
      [tenant.userId],
    );
    const sealed = String(row?.['sealed_secret']);
    expect(sealed).not.toContain(secret);
    expect(services.ports.identity.unseal(sealed).text).toBe(secret);
  });

  it('cannot be confirmed before it begins, or twice, and cannot begin once it is confirmed', async () => {
    const other = await register();
    expect(codeOf(await confirm(other, '000000'))).toBe('conflict');
    const { tenant, secret } = await withApp();
    expect(codeOf(await confirm(tenant, codeAt(secret, secondsAfter(30))))).toBe('conflict');
    expect(codeOf(await begin(tenant))).toBe('conflict');
  });

  it('answers ten recovery codes, of which only digests are stored', async () => {
    const { tenant, recoveryCodes } = await withApp();
    expect(new Set(recoveryCodes).size).toBe(10);
    const rows = await services.database.query('select digest from recovery_code where user_id = $1', [
      tenant.userId,
    ]);
    const digests = recoveryCodes.map((code) => services.ports.identity.digestRecoveryCode(code));
    expect(new Set(rows.map((row) => row['digest']))).toEqual(new Set(digests));
  });
});

describe('signing in with a second factor', () => {
  it('takes each code of the app once, and no earlier one after it', async () => {
    const { tenant, secret } = await withApp();
    const soon = secondsAfter(30);
    expect(await signIn(tenant, codeAt(secret, now))).toBe('unauthenticated');
    expect(await signIn(tenant, codeAt(secret, soon), soon)).toBe('ok');
    expect(await signIn(tenant, codeAt(secret, soon), soon)).toBe('unauthenticated');
    expect(await signIn(tenant, codeAt(secret, now), soon)).toBe('unauthenticated');
  });

  it('takes each recovery code once, and of this person alone', async () => {
    const [{ tenant, first }, other] = [await withApp(), await withApp()];
    expect(await signIn(other.tenant, first)).toBe('unauthenticated');
    expect(await signIn(tenant, first)).toBe('ok');
    expect(await signIn(tenant, first)).toBe('unauthenticated');
  });
});

describe('removing an authenticator app', () => {
  it('needs a right code, and then sign-in asks for none', async () => {
    const { tenant, first } = await withApp();
    expect(codeOf(await disable(tenant, '000000'))).toBe('unauthenticated');
    expect(await signIn(tenant)).toBe('second_factor_required');
    expect(codeOf(await disable(tenant, first))).toBe('ok');
    expect(await signIn(tenant)).toBe('ok');
    expect(codeOf(await disable(tenant, first))).toBe('conflict');
  });

  it('removes the recovery codes with it', async () => {
    const { tenant, first, second } = await withApp();
    expect(codeOf(await disable(tenant, first))).toBe('ok');
    const { secret } = accepted(await begin(tenant));
    accepted(await confirm(tenant, codeAt(secret, now)));
    expect(await signIn(tenant, second)).toBe('unauthenticated');
  });

  it('needs no code for an app that was never confirmed', async () => {
    const tenant = await register();
    accepted(await begin(tenant));
    expect(codeOf(await disable(tenant, '000000'))).toBe('ok');
    expect(codeOf(await disable(tenant, '000000'))).toBe('conflict');
  });

  it('is locked for a quarter of an hour after ten wrong codes, also for a right one', async () => {
    const { tenant, first } = await withApp();
    for (let tried = 0; tried < 10; tried += 1)
      expect(codeOf(await disable(tenant, '000000'))).toBe('unauthenticated');
    expect(await disable(tenant, first, secondsAfter(899))).toMatchObject({
      refused: 'throttled',
      facts: { retryAfterSeconds: 1 },
    });
    expect(codeOf(await disable(tenant, first, secondsAfter(900)))).toBe('ok');
  });
});
