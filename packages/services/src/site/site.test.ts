import { newId } from '@tenantry/db/ids';
import { refuse } from '@tenantry/domain/refusals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKey } from '../api-key/create.ts';
import { getKey } from '../api-key/get.ts';
import { createSector } from '../sector/create.ts';
import { type ServiceTest, type Tenant, accepted, codeOf, now, openServiceTest } from '../service.fixture.ts';
import { createSite } from './create.ts';
import { deleteSite } from './delete.ts';
import { getSite } from './get.ts';
import { listSites } from './list.ts';
import { updateSite } from './update.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

const create = (tenant: Tenant, name: string, domain?: string) =>
  services.inAccount(tenant, (context) => createSite(context, { name, domain }));
const made = async (tenant: Tenant, name: string, domain?: string) =>
  accepted(await create(tenant, name, domain));
const update = (tenant: Tenant, siteId: string, changes: { name?: string; domain?: string | null }) =>
  services.inAccount(tenant, (context) => updateSite(context, { siteId, ...changes }));
const remove = (tenant: Tenant, siteId: string) =>
  services.inAccount(tenant, (context) => deleteSite(context, { siteId }));
const get = (tenant: Tenant, siteId: string, sites?: string[]) =>
  services.inAccount(tenant, (context) => getSite(context, { siteId }), sites === undefined ? {} : { sites });

describe('creating a site', () => {
  it('answers the site that the account then has', async () => {
    const tenant = await services.register();
    const site = await made(tenant, 'A blog', 'a.example');
    expect(site).toMatchObject({ name: 'A blog', domain: 'a.example', createdAt: now });
    expect(await get(tenant, site.id)).toEqual(site);
  });

  it('is refused above the limit of the plan, with the figures', async () => {
    const tenant = await services.register();
    await made(tenant, 'The only site of a trial');
    expect(await create(tenant, 'One more')).toEqual(refuse('plan_limit_reached', { limit: 1, used: 1 }));
  });

  it('is refused for the domain of another site of the account, and not for one of another account', async () => {
    const [tenant, other] = [await services.register(), await services.register()];
    await services.usePlan(tenant, 'starter');
    await made(tenant, 'A', 'same.example');
    expect(codeOf(await create(tenant, 'B', 'same.example'))).toBe('domain_taken');
    expect((await made(other, 'C', 'same.example')).domain).toBe('same.example');
    expect((await made(tenant, 'B')).domain).toBeNull();
    expect((await made(tenant, 'D')).domain).toBeNull();
  });
});

describe('changing a site', () => {
  it('changes what is named and keeps the rest', async () => {
    const tenant = await services.register();
    const { id } = await made(tenant, 'A', 'a.example');
    await update(tenant, id, { name: 'B' });
    expect(await get(tenant, id)).toMatchObject({ name: 'B', domain: 'a.example' });
    await update(tenant, id, { domain: null });
    expect(await get(tenant, id)).toMatchObject({ name: 'B', domain: null });
  });

  it('is refused for the domain of another site, and changes nothing then', async () => {
    const tenant = await services.register();
    await services.usePlan(tenant, 'starter');
    await made(tenant, 'A', 'a.example');
    const { id } = await made(tenant, 'B', 'b.example');
    expect(codeOf(await update(tenant, id, { name: 'C', domain: 'a.example' }))).toBe('domain_taken');
    expect(await get(tenant, id)).toMatchObject({ name: 'B', domain: 'b.example' });
  });
});

describe('deleting a site', () => {
  it('frees its place in the plan and its domain', async () => {
    const tenant = await services.register();
    const { id } = await made(tenant, 'A', 'a.example');
    expect(await remove(tenant, id)).toEqual({ id });
    expect(codeOf(await get(tenant, id))).toBe('not_found');
    expect((await made(tenant, 'A', 'a.example')).id).not.toBe(id);
  });

  it('deletes its sectors, revokes the keys that are limited to it, and leaves other keys', async () => {
    const tenant = await services.register();
    const { id: siteId } = await made(tenant, 'A');
    await services.inAccount(tenant, (context) => createSector(context, { siteId, name: 'A sector' }));
    const keys = await services.inAccount(tenant, async (context) => {
      const input = { name: 'A key', scopes: ['site:read' as const] };
      return [
        accepted(await createKey(context, { ...input, siteId })),
        accepted(await createKey(context, input)),
      ];
    });
    await remove(tenant, siteId);
    const revokedAt = await Promise.all(
      keys.map(async ({ id }) =>
        services.inAccount(
          tenant,
          async (context) => accepted(await getKey(context, { keyId: id })).revokedAt,
        ),
      ),
    );
    expect(revokedAt).toEqual([now, null]);
    expect(await services.database.query('select id from sector where site_id = $1', [siteId])).toEqual([]);
  });
});

describe('a site that the actor may not see', () => {
  it('does not exist: it is deleted, of another account, or not among the sites of the actor', async () => {
    const [tenant, other] = [await services.register(), await services.register()];
    const foreign = await made(other, 'Foreign');
    const own = await made(tenant, 'Own');
    for (const siteId of [newId(), foreign.id])
      expect([
        await get(tenant, siteId),
        await update(tenant, siteId, { name: 'x' }),
        await remove(tenant, siteId),
      ]).toEqual(Array(3).fill(refuse('not_found')));
    expect(await get(tenant, own.id, [newId()])).toEqual(refuse('not_found'));
    expect(await get(tenant, own.id, [own.id])).toEqual(own);
    const sites = { sites: [newId()] };
    const listed = await services.inAccount(tenant, (context) => listSites(context, { limit: 10 }), sites);
    expect(listed.items).toEqual([]);
    expect(await get(other, foreign.id)).toEqual(foreign);
  });
});
