import type { CreateInvitationInput } from '@tenantry/contract/invitation';
import { newId } from '@tenantry/db/ids';
import { refuse } from '@tenantry/domain/refusals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ServiceTest,
  type Tenant,
  accepted,
  actorOf,
  codeOf,
  openServiceTest,
  password,
  secondsAfter,
} from '../service.fixture.ts';
import { acceptInvitation } from './accept.ts';
import { createInvitation } from './create.ts';
import { deleteInvitation } from './delete.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

const days = (count: number) => secondsAfter(count * 86_400);
const newAddress = () => `${newId()}@example.test`;
const invite = (
  tenant: Tenant,
  email: string,
  { by = tenant.userId, role = 'viewer', ...more }: Partial<CreateInvitationInput> & { by?: string } = {},
) =>
  services.inAccount(tenant, (context) => createInvitation(context, { email, role, ...more }), {
    actor: actorOf(by),
  });
const revoke = (tenant: Tenant, invitationId: string) =>
  services.inAccount(tenant, (context) => deleteInvitation(context, { invitationId }));
const tokenFor = async (email: string) => (await services.tokenFor(email, 'invitation')) ?? '';
const accept = (token: string) => acceptInvitation(services.directory(), { token, password });

describe('inviting', () => {
  it('is for owners and admins, also when the gate read another role', async () => {
    const tenant = await services.register();
    await services.usePlan(tenant, 'growth');
    for (const role of ['editor', 'viewer'] as const) {
      const by = await services.addMember(tenant, role);
      expect(codeOf(await invite(tenant, newAddress(), { by, role: 'viewer' }))).toBe('role_forbids');
    }
  });

  it('is open for a week, and only the e-mail has the token', async () => {
    const tenant = await services.register();
    const email = newAddress();
    const answer = accepted(await invite(tenant, email.toUpperCase(), { role: 'editor' }));
    expect(answer).toMatchObject({ email, role: 'editor', status: 'open', expiresAt: days(7) });
    const token = await tokenFor(email);
    expect(token).toHaveLength(43);
    expect(JSON.stringify(answer)).not.toContain(token);
  });

  it('is refused for a role above the own, and to who is no member', async () => {
    const tenant = await services.register();
    await services.usePlan(tenant, 'unthrottled');
    const admin = await services.addMember(tenant, 'admin');
    expect(codeOf(await invite(tenant, newAddress(), { by: admin, role: 'owner' }))).toBe('role_forbids');
    expect(codeOf(await invite(tenant, newAddress(), { by: admin, role: 'admin' }))).toBe('ok');
    expect(codeOf(await invite(tenant, newAddress(), { by: newId() }))).toBe('role_forbids');
  });

  it('is refused for sites with a role that sees all of them, and for a site that is not there', async () => {
    const tenant = await services.register();
    const siteIds = [newId()];
    expect(codeOf(await invite(tenant, newAddress(), { role: 'admin', siteIds }))).toBe('conflict');
    expect(codeOf(await invite(tenant, newAddress(), { role: 'editor', siteIds }))).toBe('not_found');
  });

  it('takes a seat of the plan until it is revoked, and sends nothing when there is none', async () => {
    const tenant = await services.register();
    const [first, second] = [newAddress(), newAddress()];
    accepted(await invite(tenant, first));
    expect(await invite(tenant, second)).toEqual(refuse('plan_limit_reached', { limit: 2, used: 2 }));
    expect(await services.tokenFor(second, 'invitation')).toBeUndefined();
    const again = accepted(await invite(tenant, first));
    expect(await revoke(tenant, again.id)).toEqual({ id: again.id });
    expect(codeOf(await invite(tenant, second))).toBe('ok');
  });
});

describe('revoking an invitation', () => {
  it('is refused once it was accepted, and for one of another account', async () => {
    const [tenant, other] = [await services.register(), await services.register()];
    const email = newAddress();
    const { id } = accepted(await invite(tenant, email));
    expect(codeOf(await revoke(other, id))).toBe('not_found');
    accepted(await accept(await tokenFor(email)));
    expect(codeOf(await revoke(tenant, id))).toBe('conflict');
  });
});
