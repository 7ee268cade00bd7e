import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendEmailVerification } from '../email-verification/create.ts';
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
import { confirmPasswordReset } from './confirm.ts';
import { createPasswordReset } from './create.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

const newPassword = 'another long password';
const signIn = (email: string, proof: string) =>
  createSession(services.directory(), { email, password: proof, delivery: 'token' });
const confirm = (token: string, at = now) =>
  confirmPasswordReset(services.directory(at), { token, password: newPassword });
async function tokenOf({ email }: Tenant): Promise<string> {
  await createPasswordReset(services.directory(), { email });
  return (await services.tokenFor(email, 'password-reset')) ?? '';
}

describe('asking for a new password', () => {
  it('is answered alike for a known and an unknown address, and sends an e-mail to the known alone', async () => {
    const { email } = await services.register();
    const known = await createPasswordReset(services.directory(), { email: email.toUpperCase() });
    const unknown = await createPasswordReset(services.directory(), { email: 'nobody@example.test' });
    expect(known).toEqual(unknown);
    expect(await services.tokenFor(email, 'password-reset')).toHaveLength(43);
    expect(await services.tokenFor('nobody@example.test', 'password-reset')).toBeUndefined();
  });

  it('sends three e-mails an hour to one mailbox, and the last link still works', async () => {
    const tenant = await services.register();
    await Promise.all(
      Array.from({ length: 100 }, () => createPasswordReset(services.directory(), { email: tenant.email })),
    );
    await services.settle();
    const sent = () => services.emails.filter(({ to }) => to === tenant.email).length;
    expect(sent()).toBe(3);
    const [row] = await services.database.query(
      'select count(*)::int as open from email_token where user_id = $1 and used_at is null',
      [tenant.userId],
    );
    expect(row).toEqual({ open: 1 });
    await createPasswordReset(services.directory(secondsAfter(3600)), { email: tenant.email });
    await services.settle();
    expect(sent()).toBe(4);
  });

  it('stores no token that it sends', async () => {
    const tenant = await services.register();
    const token = await tokenOf(tenant);
    const rows = await services.database.query(
      'select token_digest from email_token where user_id = $1 and purpose = $2',
      [tenant.userId, 'password_reset'],
    );
    expect(rows).toEqual([{ token_digest: services.ports.identity.digestText(token) }]);
  });
});

describe('the token of a password reset', () => {
  it('sets the new password once, and ends every session', async () => {
    const tenant = await services.register();
    accepted(await signIn(tenant.email, password));
    const token = await tokenOf(tenant);
    expect(codeOf(await confirm(token))).toBe('ok');
    expect(codeOf(await signIn(tenant.email, password))).toBe('unauthenticated');
    expect(codeOf(await signIn(tenant.email, newPassword))).toBe('ok');
    const sessions = await services.database.query(
      'select id, revoked_at from session where user_id = $1 order by id',
      [tenant.userId],
    );
    expect(sessions.map((row) => row['revoked_at'])).toEqual([now, null]);
    expect(services.forgottenSessions).toContain(sessions[0]?.['id']);
    expect(codeOf(await confirm(token))).toBe('not_found');
  });

  it('is used by a change that leaves a security event', async () => {
    const tenant = await services.register();
    await confirm(await tokenOf(tenant));
    const events = await services.database.query(
      "select action from security_event where facts->>'userId' = $1",
      [tenant.userId],
    );
    expect(events).toEqual([{ action: 'passwordReset.confirm' }]);
  });

  it('is good for less than an hour', async () => {
    const token = await tokenOf(await services.register());
    expect(codeOf(await confirm(token, secondsAfter(3600)))).toBe('not_found');
    expect(codeOf(await confirm(token, secondsAfter(3599)))).toBe('ok');
  });

  it('ends when a newer one is asked for', async () => {
    const tenant = await services.register();
    const [first, second] = [await tokenOf(tenant), await tokenOf(tenant)];
    expect(codeOf(await confirm(first))).toBe('not_found');
    expect(codeOf(await confirm(second))).toBe('ok');
  });

  it('is no token that confirms an address, nor any other text', async () => {
    const { email, userId } = await services.register();
    await sendEmailVerification(services.directory(), { userId });
    const token = (await services.tokenFor(email, 'email-verification')) ?? '';
    expect(token).toHaveLength(43);
    expect([codeOf(await confirm(token)), codeOf(await confirm('x'))]).toEqual(['not_found', 'not_found']);
  });
});
