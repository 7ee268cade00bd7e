import type { CreateInvitationInput } from '@tenantry/contract/invitation';
import { newId } from '@tenantry/db/ids';
import type { Role } from '@tenantry/domain/permissions';
import { refuse } from '@tenantry/domain/refusals';
import { addMembership } from '@tenantry/testing/memberships';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ServiceTest,
  type Tenant,
  accepted,
  actorOf,
  codeOf,
  now,
  openServiceTest,
  password,
  secondsAfter,
} from '../service.fixture.ts';
import { deleteMember, leaveAccount } from '../member/delete.ts';
import { listMembers } from '../member/list.ts';
import { updateMember } from '../member/update.ts';
import { createSite } from '../site/create.ts';
import { acceptInvitation } from './accept.ts';
import { createInvitation } from './create.ts';
import { deleteInvitation } from './delete.ts';
import { listInvitations } from './list.ts';

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

  it('is refused to who became a member in the meantime, and gives no other role', async () => {
    const [tenant, known] = [await services.register(), await services.register()];
    await services.usePlan(tenant, 'growth');
    const token = await invited(tenant, known.email, 'editor');
    await addMembership(services.database, { ...tenant, userId: known.userId, role: 'viewer' });
    expect(codeOf(await accept(token))).toBe('already_member');
    const { items } = await services.inAccount(tenant, (context) => listMembers(context));
    expect(items.map(({ role }) => role)).toEqual(['owner', 'viewer']);
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

  const statusesIn = async (tenant: Tenant) => {
    const { items } = await services.inAccount(tenant, (context) => listInvitations(context, { limit: 10 }));
    return Object.fromEntries(items.map(({ role, status }) => [role, status]));
  };

  it('is refused when its inviter lost the role to make it, for good, and it is listed as revoked', async () => {
    const tenant = await services.register();
    const other = await services.addMember(tenant, 'owner');
    await services.usePlan(tenant, 'unthrottled');
    const tokens = [
      await invited(tenant, newAddress(), 'owner'),
      await invited(tenant, newAddress(), 'admin'),
      await invited(tenant, newAddress(), 'viewer'),
    ];
    const turnInto = async (role: Role) =>
      accepted(
        await services.inAccount(
          tenant,
          (context) => updateMember(context, { userId: tenant.userId, role }),
          {
            actor: actorOf(other),
          },
        ),
      );
    await turnInto('admin');
    expect(await statusesIn(tenant)).toEqual({ owner: 'revoked', admin: 'open', viewer: 'open' });
    await turnInto('editor');
    expect(await statusesIn(tenant)).toEqual({ owner: 'revoked', admin: 'revoked', viewer: 'revoked' });
    await turnInto('owner');
    for (const token of tokens) expect(codeOf(await accept(token))).toBe('not_found');
  });

  it('is refused when its inviter left or was removed, and its seat is free', async () => {
    const tenant = await services.register();
    await services.addMember(tenant, 'owner');
    const byOther = { actor: actorOf(await services.addMember(tenant, 'owner')) };
    await services.usePlan(tenant, 'starter');
    await services.database.query('update plan set users_max = 4 where slug = $1', ['starter']);
    const left = await invited(tenant, newAddress(), 'viewer');
    accepted(await services.inAccount(tenant, (context) => leaveAccount(context)));
    expect(await statusesIn(tenant)).toEqual({ viewer: 'revoked' });
    expect(codeOf(await accept(left))).toBe('not_found');
    const admin = await services.addMember(tenant, 'admin');
    const email = newAddress();
    accepted(
      await services.inAccount(tenant, (context) => createInvitation(context, { email, role: 'editor' }), {
        actor: actorOf(admin),
      }),
    );
    accepted(
      await services.inAccount(tenant, (context) => deleteMember(context, { userId: admin }), byOther),
    );
    expect(await statusesIn(tenant)).toEqual({ viewer: 'revoked', editor: 'revoked' });
    expect(codeOf(await accept(await tokenFor(email)))).toBe('not_found');
    await services.database.query('update plan set users_max = 3 where slug = $1', ['starter']);
  });

  it('is refused when the plan has no seat any more', async () => {
    const tenant = await services.register();
    const token = await invited(tenant, newAddress());
    await services.addMember(tenant, 'viewer');
    expect(await accept(token)).toEqual(refuse('plan_limit_reached', { limit: 2, used: 2 }));
  });

  it('keeps the sites that it was limited to', async () => {
    const [tenant, known] = [await services.register(), await services.register()];
    await services.usePlan(tenant, 'starter');
    const site = await services.inAccount(tenant, (context) => createSite(context, { name: 'A site' }));
    const { id } = accepted(site);
    accepted(await invite(tenant, known.email, { role: 'editor', siteIds: [id] }));
    accepted(await accept(await tokenFor(known.email)));
    const { items } = await services.inAccount(tenant, (context) => listMembers(context));
    expect(items[1]).toMatchObject({ userId: known.userId, role: 'editor', siteIds: [id] });
  });
});
