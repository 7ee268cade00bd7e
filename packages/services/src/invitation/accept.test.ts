import type { CreateInvitationInput } from '@tenantry/contract/invitation';
import { newId } from '@tenantry/db/ids';
import type { Role } from '@tenantry/domain/permissions';
import { refuse } from '@tenantry/domain/refusals';
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
import { listMembers } from '../member/list.ts';
import { updateMember } from '../member/update.ts';
import { createSite } from '../site/create.ts';
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
  { role = 'viewer', ...more }: Partial<CreateInvitationInput> = {},
) => services.inAccount(tenant, (context) => createInvitation(context, { email, role, ...more }));
const revoke = (tenant: Tenant, invitationId: string) =>
  services.inAccount(tenant, (context) => deleteInvitation(context, { invitationId }));
const tokenFor = async (email: string) => (await services.tokenFor(email, 'invitation')) ?? '';
const accept = (token: string, at = now, proof = password) =>
  acceptInvitation(services.directory(at), { token, password: proof });
async function invited(tenant: Tenant, email: string, role: Role = 'viewer'): Promise<string> {
  accepted(await invite(tenant, email, { role }));
  return tokenFor(email);
}

describe('accepting an invitation', () => {
  it('makes a new person a member of that role, with a verified address, once', async () => {
    const tenant = await services.register();
    const email = newAddress();
    const token = await invited(tenant, email, 'editor');
    const { userId } = accepted(await accept(token));
    const { items } = await services.inAccount(tenant, (context) => listMembers(context));
    expect(items[1]).toMatchObject({ userId, email, role: 'editor' });
    const [user] = await services.database.query('select email_verified_at from app_user where id = $1', [
      userId,
    ]);
    expect(user).toEqual({ email_verified_at: now });
    expect(codeOf(await accept(token))).toBe('not_found');
    expect(await services.topicsOf(tenant)).toEqual(['account.registered', 'member.joined']);
    const [entry] = await services.database.query(
      "select actor, facts from audit_entry where account_id = $1 and action = 'invitation.accept'",
      [tenant.accountId],
    );
    expect(entry).toEqual({ actor: `user:${userId}`, facts: { role: 'editor' } });
  });

  it('gives a member no second seat and no other role, also where no seat is left', async () => {
    const [tenant, known] = [await services.register(), await services.register()];
    await services.usePlan(tenant, 'growth');
    accepted(await accept(await invited(tenant, known.email, 'editor')));
    const token = await invited(tenant, known.email, 'viewer');
    await services.usePlan(tenant, 'trial');
    expect(accepted(await accept(token))).toMatchObject({ userId: known.userId, role: 'editor' });
    const { items } = await services.inAccount(tenant, (context) => listMembers(context));
    expect(items.map(({ role }) => role)).toEqual(['owner', 'editor']);
  });

  it('takes a known person by their own password', async () => {
    const [tenant, known] = [await services.register(), await services.register()];
    const token = await invited(tenant, known.email);
    expect(codeOf(await accept(token, now, 'not the password'))).toBe('unauthenticated');
    expect(await accept(token)).toMatchObject({ accountId: tenant.accountId, userId: known.userId });
  });

  it('is refused once it was revoked or replaced, and a week after it was made', async () => {
    const tenant = await services.register();
    const email = newAddress();
    const replaced = await invited(tenant, email);
    const { id } = accepted(await invite(tenant, email));
    const token = await tokenFor(email);
    expect(codeOf(await accept(replaced))).toBe('not_found');
    expect(codeOf(await accept('no token'))).toBe('not_found');
    expect(codeOf(await accept(token, days(7)))).toBe('not_found');
    await revoke(tenant, id);
    expect(codeOf(await accept(token))).toBe('not_found');
  });

  it('is refused when its inviter could not make it any more', async () => {
    const tenant = await services.register();
    await services.addMember(tenant, 'owner');
    await services.usePlan(tenant, 'unthrottled');
    const token = await invited(tenant, newAddress(), 'owner');
    const turnInto = (role: Role) =>
      services.inAccount(tenant, (context) => updateMember(context, { userId: tenant.userId, role }));
    accepted(await turnInto('admin'));
    expect(codeOf(await accept(token))).toBe('not_found');
  });

  it('is refused when the plan has no seat any more', async () => {
    const tenant = await services.register();
    const token = await invited(tenant, newAddress());
    await services.addMember(tenant, 'viewer');
    expect(await accept(token)).toEqual(refuse('plan_limit_reached', { limit: 2, used: 2 }));
  });

  it('keeps the sites that it was limited to, and the role of who is a member already', async () => {
    const [tenant, known] = [await services.register(), await services.register()];
    await services.usePlan(tenant, 'starter');
    const site = await services.inAccount(tenant, (context) => createSite(context, { name: 'A site' }));
    const { id } = accepted(site);
    accepted(await invite(tenant, known.email, { role: 'editor', siteIds: [id] }));
    accepted(await accept(await tokenFor(known.email)));
    accepted(await accept(await invited(tenant, known.email)));
    const { items } = await services.inAccount(tenant, (context) => listMembers(context));
    expect(items[1]).toMatchObject({ userId: known.userId, role: 'editor', siteIds: [id] });
  });
});
