import { newId } from '@tenantry/db/ids';
import { codeAt } from '@tenantry/identity/second-factor.fixture';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptInvitation } from '../invitation/accept.ts';
import { createInvitation } from '../invitation/create.ts';
import { changePassword } from '../me/change-password.ts';
import { confirmPasswordReset } from '../password-reset/confirm.ts';
import { createPasswordReset } from '../password-reset/create.ts';
import {
  type ServiceTest,
  type Tenant,
  accepted,
  codeOf,
  now,
  openServiceTest,
  password,
} from '../service.fixture.ts';
import { createStaffSession } from '../staff/create-session.ts';
import { confirmTotp } from '../totp/confirm.ts';
import { createTotp } from '../totp/create.ts';
import { createSession } from './create.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

const newPassword = 'another long password';

/** A context in which `meanwhile` runs once, right after the first password was verified. */
function after<Context extends ReturnType<ServiceTest['directory']>>(
  context: Context,
  meanwhile: () => Promise<unknown>,
): Context {
  let hasRun = false;
  const { identity } = context;
  const then =
    <T>(verify: (hash: string, text: string) => Promise<T>) =>
    async (hash: string, text: string): Promise<T> => {
      const verdict = await verify(hash, text);
      if (!hasRun) {
        hasRun = true;
        await meanwhile();
      }
      return verdict;
    };
  const verifyPassword = then(identity.verifyPassword);
  const matchPassword = then(identity.matchPassword);
  return { ...context, identity: { ...identity, verifyPassword, matchPassword } };
}

async function reset({ email }: Tenant): Promise<void> {
  await createPasswordReset(services.directory(), { email });
  const token = (await services.tokenFor(email, 'password-reset')) ?? '';
  accepted(await confirmPasswordReset(services.directory(), { token, password: newPassword }));
}
const change = ({ userId }: Tenant) =>
  changePassword(services.person(userId), { currentPassword: password, newPassword }).then(accepted);
const liveSessions = async ({ userId }: Tenant) => {
  const sql = 'select id from session where user_id = $1 and revoked_at is null';
  return (await services.database.query(sql, [userId])).length;
};

describe('a sign-in whose password was verified', () => {
  it.each([
    ['reset', reset],
    ['changed', change],
  ])('makes no session when the password is %s before it writes (L11)', async (_name, replace) => {
    const tenant = await services.register();
    const context = after(services.directory(), () => replace(tenant));
    const signedIn = await createSession(context, { email: tenant.email, password, delivery: 'token' });
    expect(codeOf(signedIn)).toBe('unauthenticated');
    expect(await liveSessions(tenant)).toBe(0);
  });

  it('makes no session when a second factor is confirmed before it writes', async () => {
    const tenant = await services.register();
    await services.confirmAddress(tenant);
    const confirm = async () => {
      const { secret } = accepted(await createTotp(services.person(tenant.userId), { password }));
      accepted(await confirmTotp(services.person(tenant.userId), { code: codeAt(secret, now) }));
    };
    const context = after(services.directory(), confirm);
    const signedIn = await createSession(context, { email: tenant.email, password, delivery: 'token' });
    expect(codeOf(signedIn)).toBe('second_factor_required');
    expect(await liveSessions(tenant)).toBe(0);
  });

  it('makes no session of staff when their password is replaced before it writes', async () => {
    const { database } = services;
    const email = `${newId()}@staff.test`;
    const { identity } = services.ports;
    const passwordHash = await identity.hashPassword(password);
    await database.query(
      `insert into staff (id, email, email_digest, role, password_hash, created_at) values ($1, $2, $3, 'support', $4, $5)`,
      [newId(), email, identity.digestText(email), passwordHash, now],
    );
    const replace = () =>
      database.query("update staff set password_hash = 'another' where email = $1", [email]);
    const context = { ...services.directory(), database: database.admin };
    const signedIn = await createStaffSession(after(context, replace), {
      email,
      password,
      delivery: 'token',
    });
    expect(codeOf(signedIn)).toBe('unauthenticated');
    expect(await database.query('select id from staff_session')).toEqual([]);
  });
});

describe('a change that a verified password allows', () => {
  it('accepts no invitation when the password is reset before it writes', async () => {
    const [tenant, known] = [await services.register(), await services.register()];
    await services.inAccount(tenant, (context) =>
      createInvitation(context, { email: known.email, role: 'viewer' }),
    );
    const token = (await services.tokenFor(known.email, 'invitation')) ?? '';
    const context = after(services.directory(), () => reset(known));
    expect(codeOf(await acceptInvitation(context, { token, password }))).toBe('unauthenticated');
    const sql = 'select 1 from membership where account_id = $1 and user_id = $2';
    expect(await services.database.query(sql, [tenant.accountId, known.userId])).toEqual([]);
  });

  it('sets no password when another was set before it writes (L11)', async () => {
    const tenant = await services.register();
    const context = after(services.person(tenant.userId), () => reset(tenant));
    const changed = await changePassword(context, {
      currentPassword: password,
      newPassword: 'of who knew the old',
    });
    expect(codeOf(changed)).toBe('unauthenticated');
    const signedIn = await createSession(services.directory(), {
      email: tenant.email,
      password: newPassword,
      delivery: 'token',
    });
    expect(codeOf(signedIn)).toBe('ok');
  });
});
