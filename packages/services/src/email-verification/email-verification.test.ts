import { refuse } from '@tenantry/domain/refusals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getMe } from '../me/get.ts';
import { createPasswordReset } from '../password-reset/create.ts';
import {
  type ServiceTest,
  type Tenant,
  accepted,
  codeOf,
  now,
  openServiceTest,
  secondsAfter,
} from '../service.fixture.ts';
import { confirmEmailVerification } from './confirm.ts';
import { createEmailVerification } from './create.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

const tokenFor = ({ email }: Tenant) => services.tokenFor(email, 'email-verification');
async function tokenOf(tenant: Tenant): Promise<string> {
  accepted(await createEmailVerification(services.person(tenant.userId)));
  return (await tokenFor(tenant)) ?? '';
}
const confirm = (token: string, at = now) => confirmEmailVerification(services.directory(at), { token });
const verifiedAt = async ({ userId }: Tenant) =>
  accepted(await getMe(services.person(userId))).emailVerifiedAt;

describe('the token that confirms an address', () => {
  it('works once, with a security event', async () => {
    const tenant = await services.register();
    const token = await tokenOf(tenant);
    expect(await verifiedAt(tenant)).toBeNull();
    expect(codeOf(await confirm(token))).toBe('ok');
    expect(await verifiedAt(tenant)).toEqual(now);
    expect(codeOf(await confirm(token))).toBe('not_found');
    const events = await services.database.query(
      "select action from security_event where facts->>'userId' = $1",
      [tenant.userId],
    );
    expect(events).toEqual([{ action: 'emailVerification.confirm' }]);
  });

  it('is good for less than two days', async () => {
    const token = await tokenOf(await services.register());
    const seconds = 48 * 3600;
    expect(codeOf(await confirm(token, secondsAfter(seconds)))).toBe('not_found');
    expect(codeOf(await confirm(token, secondsAfter(seconds - 1)))).toBe('ok');
  });

  it('ends when a newer one is asked for', async () => {
    const tenant = await services.register();
    const [first, second] = [await tokenOf(tenant), await tokenOf(tenant)];
    expect(codeOf(await confirm(first))).toBe('not_found');
    expect(codeOf(await confirm(second))).toBe('ok');
  });

  it('is no token of a password reset', async () => {
    const { email } = await services.register();
    await createPasswordReset(services.directory(), { email });
    const token = (await services.tokenFor(email, 'password-reset')) ?? '';
    expect(token).toHaveLength(43);
    expect(codeOf(await confirm(token))).toBe('not_found');
  });
});

describe('asking for the e-mail that confirms an address', () => {
  it('is refused once the address is confirmed, and sends nothing', async () => {
    const tenant = await services.register();
    await confirm(await tokenOf(tenant));
    const sent = services.emails.length;
    expect(codeOf(await createEmailVerification(services.person(tenant.userId)))).toBe('conflict');
    await services.settle();
    expect(services.emails).toHaveLength(sent);
  });

  it('is refused above the bound of the mailbox, with the time until the next', async () => {
    const tenant = await services.register();
    const tokens = [await tokenOf(tenant), await tokenOf(tenant), await tokenOf(tenant)];
    const ask = (at = now) => createEmailVerification(services.person(tenant.userId, at));
    expect(await ask()).toEqual(refuse('throttled', { retryAfterSeconds: 3600 }));
    expect(codeOf(await ask(secondsAfter(3600)))).toBe('ok');
    await services.settle();
    expect(codeOf(await confirm(tokens[2] ?? ''))).toBe('not_found');
  });

  it('keeps the last link that was sent when no other is', async () => {
    const tenant = await services.register();
    await tokenOf(tenant);
    await tokenOf(tenant);
    const last = await tokenOf(tenant);
    await createEmailVerification(services.person(tenant.userId));
    await services.settle();
    expect(codeOf(await confirm(last))).toBe('ok');
  });

  it('is refused to who is not signed in', async () => {
    const { actor } = services.directory();
    const context = { ...services.person('00000000-0000-7000-8000-000000000000'), actor };
    expect(codeOf(await createEmailVerification(context))).toBe('unauthenticated');
  });
});
