import type { CallInfo } from '@tenantry/db/transaction';
import { newId } from '@tenantry/db/ids';
import type { Role } from '@tenantry/domain/permissions';
import { refuse } from '@tenantry/domain/refusals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ServiceTest,
  type Tenant,
  accepted,
  actorOf,
  codeOf,
  openServiceTest,
} from '../service.fixture.ts';
import { createSite } from '../site/create.ts';
import { deleteMember, leaveAccount } from './delete.ts';
import { listMembers } from './list.ts';
import { limitMember, updateMember } from './update.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

const as = (userId: string): Partial<CallInfo> => ({ actor: actorOf(userId) });
const update = (tenant: Tenant, by: string, userId: string, role: Role) =>
  services.inAccount(tenant, (context) => updateMember(context, { userId, role }), as(by));
const remove = (tenant: Tenant, by: string, userId: string) =>
  services.inAccount(tenant, (context) => deleteMember(context, { userId }), as(by));
const leave = (tenant: Tenant, by: string) =>
  services.inAccount(tenant, (context) => leaveAccount(context), as(by));
const limit = (tenant: Tenant, userId: string, siteIds: string[] | null, by = tenant.userId) =>
  services.inAccount(tenant, (context) => limitMember(context, { userId, siteIds }), as(by));

/** The role of each member by user id. */
async function rolesIn(tenant: Tenant): Promise<ReadonlyMap<string, Role>> {
  const { items } = await services.inAccount(tenant, (context) => listMembers(context));
  return new Map(items.map(({ userId, role }) => [userId, role]));
}

const apiKeyOf = ({ accountId }: Tenant): Partial<CallInfo> => ({
  actor: { kind: 'api_key', keyId: newId(), accountId, scopes: ['member:read'], siteId: null },
});

describe('changing the role of a member', () => {
  it('is for owners and admins, up to their own role', async () => {
    const tenant = await services.register();
    const [admin, viewer] = [
      await services.addMember(tenant, 'admin'),
      await services.addMember(tenant, 'viewer'),
    ];
    expect(await update(tenant, admin, viewer, 'editor')).toMatchObject({ userId: viewer, role: 'editor' });
    expect(codeOf(await update(tenant, admin, viewer, 'owner'))).toBe('role_forbids');
    expect(codeOf(await update(tenant, admin, tenant.userId, 'viewer'))).toBe('role_forbids');
    expect(codeOf(await update(tenant, viewer, admin, 'viewer'))).toBe('role_forbids');
    expect((await rolesIn(tenant)).get(viewer)).toBe('editor');
    expect(codeOf(await update(tenant, tenant.userId, admin, 'owner'))).toBe('ok');
  });

  it('leaves the account an owner', async () => {
    const tenant = await services.register();
    expect(codeOf(await update(tenant, tenant.userId, tenant.userId, 'admin'))).toBe('last_owner');
    const second = await services.addMember(tenant, 'owner');
    expect(codeOf(await update(tenant, second, tenant.userId, 'admin'))).toBe('ok');
    expect(codeOf(await update(tenant, second, second, 'admin'))).toBe('last_owner');
  });

  it('is refused to an API key, and to a person who is no member any more', async () => {
    const tenant = await services.register();
    const viewer = await services.addMember(tenant, 'viewer');
    const change = { userId: viewer, role: 'editor' } as const;
    const byKey = await services.inAccount(
      tenant,
      (context) => updateMember(context, change),
      apiKeyOf(tenant),
    );
    expect(codeOf(byKey)).toBe('role_forbids');
    expect(codeOf(await update(tenant, newId(), viewer, 'editor'))).toBe('role_forbids');
  });

  it('does not find a member of another account', async () => {
    const [tenant, other] = [await services.register(), await services.register()];
    const foreign = await services.addMember(other, 'viewer');
    expect([
      await update(tenant, tenant.userId, foreign, 'editor'),
      await remove(tenant, tenant.userId, foreign),
      await limit(tenant, foreign, null),
    ]).toEqual(Array(3).fill(refuse('not_found')));
    expect((await rolesIn(other)).get(foreign)).toBe('viewer');
  });
});

describe('removing a member', () => {
  it('is for owners and admins, and never of a higher role or of the last owner', async () => {
    const tenant = await services.register();
    const [admin, viewer] = [
      await services.addMember(tenant, 'admin'),
      await services.addMember(tenant, 'viewer'),
    ];
    expect(codeOf(await remove(tenant, viewer, admin))).toBe('role_forbids');
    expect(codeOf(await remove(tenant, admin, tenant.userId))).toBe('role_forbids');
    expect(codeOf(await remove(tenant, tenant.userId, tenant.userId))).toBe('last_owner');
    expect(await remove(tenant, admin, viewer)).toEqual({ userId: viewer });
    expect([...(await rolesIn(tenant)).keys()]).toEqual([tenant.userId, admin]);
    expect(
      await services.database.query('select 1 from membership_directory where user_id = $1', [viewer]),
    ).toEqual([]);
  });

  it('is up to each member for themselves, but for the last owner and for an API key', async () => {
    const tenant = await services.register();
    const viewer = await services.addMember(tenant, 'viewer');
    expect(await leave(tenant, viewer)).toEqual({ userId: viewer });
    expect(codeOf(await leave(tenant, viewer))).toBe('role_forbids');
    expect(codeOf(await leave(tenant, tenant.userId))).toBe('last_owner');
    const byKey = await services.inAccount(tenant, (context) => leaveAccount(context), apiKeyOf(tenant));
    expect(codeOf(byKey)).toBe('role_forbids');
    await services.addMember(tenant, 'owner');
    expect(codeOf(await leave(tenant, tenant.userId))).toBe('ok');
  });
});

describe('limiting a member to sites', () => {
  it('is for owners and admins, also when the gate read another role', async () => {
    const tenant = await services.register();
    const [editor, viewer] = [
      await services.addMember(tenant, 'editor'),
      await services.addMember(tenant, 'viewer'),
    ];
    for (const by of [editor, viewer])
      expect(codeOf(await limit(tenant, viewer, null, by))).toBe('role_forbids');
  });

  it('keeps each site once, is lifted with null, and ends with a role that sees every site', async () => {
    const tenant = await services.register();
    const viewer = await services.addMember(tenant, 'viewer');
    const site = await services.inAccount(tenant, (context) => createSite(context, { name: 'A site' }));
    const { id } = accepted(site);
    expect(await limit(tenant, viewer, [id, id])).toMatchObject({ userId: viewer, siteIds: [id] });
    expect(await limit(tenant, viewer, null)).toMatchObject({ siteIds: null });
    await limit(tenant, viewer, [id]);
    expect(await update(tenant, tenant.userId, viewer, 'editor')).toMatchObject({ siteIds: [id] });
    expect(await update(tenant, tenant.userId, viewer, 'admin')).toMatchObject({ siteIds: null });
    expect(codeOf(await limit(tenant, viewer, [id]))).toBe('conflict');
  });

  it('is refused for a site that the account does not have, and to an API key', async () => {
    const tenant = await services.register();
    const viewer = await services.addMember(tenant, 'viewer');
    expect(codeOf(await limit(tenant, viewer, [newId()]))).toBe('not_found');
    const change = { userId: viewer, siteIds: null };
    const byKey = await services.inAccount(
      tenant,
      (context) => limitMember(context, change),
      apiKeyOf(tenant),
    );
    expect(codeOf(byKey)).toBe('role_forbids');
  });
});
