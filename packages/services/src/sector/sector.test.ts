import { newId } from '@tenantry/db/ids';
import { refuse } from '@tenantry/domain/refusals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServiceTest, type Tenant, accepted, codeOf, openServiceTest } from '../service.fixture.ts';
import { createSite } from '../site/create.ts';
import { createSector } from './create.ts';
import { deleteSector } from './delete.ts';
import { listSectors } from './list.ts';
import { updateSector } from './update.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

interface SiteOfTenant {
  tenant: Tenant;
  siteId: string;
}

async function openSite(): Promise<SiteOfTenant> {
  const tenant = await services.register();
  const site = await services.inAccount(tenant, (context) => createSite(context, { name: 'A site' }));
  return { tenant, siteId: accepted(site).id };
}

const create = ({ tenant, siteId }: SiteOfTenant, name: string) =>
  services.inAccount(tenant, (context) => createSector(context, { siteId, name }));
const rename = ({ tenant, siteId }: SiteOfTenant, sectorId: string, name: string) =>
  services.inAccount(tenant, (context) => updateSector(context, { siteId, sectorId, name }));
const remove = ({ tenant, siteId }: SiteOfTenant, sectorId: string) =>
  services.inAccount(tenant, (context) => deleteSector(context, { siteId, sectorId }));
const list = ({ tenant, siteId }: SiteOfTenant) =>
  services.inAccount(tenant, (context) => listSectors(context, { siteId }));
const namesOf = async (site: SiteOfTenant) => accepted(await list(site)).items.map(({ name }) => name);

describe('a sector', () => {
  it('is created, listed by name, renamed and deleted', async () => {
    const site = await openSite();
    const tea = accepted(await create(site, 'Tea'));
    expect(tea).toEqual({ id: tea.id, siteId: site.siteId, name: 'Tea' });
    const coffee = accepted(await create(site, 'Coffee'));
    expect(accepted(await list(site)).items).toEqual([coffee, tea]);
    expect(await rename(site, tea.id, 'Black tea')).toEqual({ ...tea, name: 'Black tea' });
    expect(await namesOf(site)).toEqual(['Black tea', 'Coffee']);
    expect(await remove(site, coffee.id)).toEqual({ id: coffee.id });
    expect(await namesOf(site)).toEqual(['Black tea']);
  });

  it('is refused above the limit of its site, with the figures, until another is deleted', async () => {
    const site = await openSite();
    const { id } = accepted(await create(site, 'A'));
    for (const name of ['B', 'C']) accepted(await create(site, name));
    expect(await create(site, 'D')).toEqual(refuse('plan_limit_reached', { limit: 3, used: 3 }));
    await remove(site, id);
    expect(codeOf(await create(site, 'D'))).toBe('ok');
  });

  it('is counted for its own site alone', async () => {
    const first = await openSite();
    await services.usePlan(first.tenant, 'starter');
    for (const name of ['A', 'B', 'C', 'D', 'E']) accepted(await create(first, name));
    expect(codeOf(await create(first, 'F'))).toBe('plan_limit_reached');
    const other = await services.inAccount(first.tenant, (context) => createSite(context, { name: 'B' }));
    expect(codeOf(await create({ ...first, siteId: accepted(other).id }, 'A'))).toBe('ok');
  });

  it('has a name that no other sector of its site has', async () => {
    const site = await openSite();
    accepted(await create(site, 'A'));
    const { id } = accepted(await create(site, 'B'));
    expect(codeOf(await create(site, 'A'))).toBe('conflict');
    expect(codeOf(await rename(site, id, 'A'))).toBe('conflict');
    expect(codeOf(await rename(site, id, 'B'))).toBe('ok');
    expect(await namesOf(site)).toEqual(['A', 'B']);
  });

  it('does not exist under another site, or under a site of another account', async () => {
    const [own, foreign] = [await openSite(), await openSite()];
    const ownSector = accepted(await create(own, 'Own'));
    const foreignSector = accepted(await create(foreign, 'Foreign'));
    const notFound = refuse('not_found');
    const inForeign = { ...own, siteId: foreign.siteId };
    expect([
      await create(inForeign, 'x'),
      await list(inForeign),
      await rename(inForeign, foreignSector.id, 'x'),
      await remove(inForeign, foreignSector.id),
      await rename(own, foreignSector.id, 'x'),
      await remove(own, foreignSector.id),
      await rename(own, newId(), 'x'),
      await remove({ ...own, siteId: newId() }, ownSector.id),
    ]).toEqual(Array(8).fill(notFound));
    expect([await namesOf(own), await namesOf(foreign)]).toEqual([['Own'], ['Foreign']]);
  });
});
