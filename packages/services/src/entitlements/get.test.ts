import { newId } from '@tenantry/db/ids';
import { defaultThrottleRates } from '@tenantry/domain/plans';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKey } from '../api-key/create.ts';
import { getCredits } from '../credit/get.ts';
import { createInvitation } from '../invitation/create.ts';
import { createSector } from '../sector/create.ts';
import {
  type ServiceTest,
  type Tenant,
  accepted,
  openServiceTest,
  secondsAfter,
} from '../service.fixture.ts';
import { createSite } from '../site/create.ts';
import { getEntitlements } from './get.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
  await services.database.query(
    "insert into own_feature values ('exports', 'Files'), ('audit-log', 'A log')",
  );
  await services.database.query(
    "insert into own_limit values ('projects', 'Projects'), ('boards', 'Boards')",
  );
  await services.database.query(
    `update plan set features = '["operations", "exports"]', own_limits = '{"projects": 10}' where slug = 'growth'`,
  );
});
afterAll(() => services.close());

const entitlementsOf = (tenant: Tenant, call: { sites?: string[]; now?: Date } = {}) =>
  services.inAccount(tenant, getEntitlements, call);

/** An account on the plan growth with two sites, three sectors on one of them, a key, a member and an invitation. */
async function filled(): Promise<Tenant & { siteId: string }> {
  const tenant = await services.register();
  await services.usePlan(tenant, 'growth');
  const site = (name: string) => services.inAccount(tenant, (context) => createSite(context, { name }));
  const [one, two] = [accepted(await site('A')), accepted(await site('B'))];
  for (const [siteId, name] of [
    [one.id, 'a'],
    [one.id, 'b'],
    [one.id, 'c'],
    [two.id, 'a'],
  ] as const)
    accepted(await services.inAccount(tenant, (context) => createSector(context, { siteId, name })));
  const key = { name: 'A key', scopes: ['site:read' as const] };
  accepted(await services.inAccount(tenant, (context) => createKey(context, key)));
  await services.addMember(tenant, 'viewer');
  const invited = { email: `${newId()}@example.test`, role: 'viewer' as const };
  accepted(await services.inAccount(tenant, (context) => createInvitation(context, invited)));
  return { ...tenant, siteId: one.id };
}

describe('the entitlements of an account', () => {
  it('name its plan, standing, features, limits with their use, rates and credits', async () => {
    const tenant = await filled();
    const { available } = await services.inAccount(tenant, getCredits);
    expect(await entitlementsOf(tenant)).toMatchObject({
      plan: { slug: 'growth', version: 1 },
      standing: { state: 'good', code: null },
      features: { sites: false, operations: true, exports: true, 'audit-log': false },
      limits: {
        users: { used: 3 },
        sites: { used: 2 },
        sectorsPerSite: { used: 3 },
        apiKeys: { used: 1 },
        projects: { max: 10, used: null },
        boards: { max: 0, used: null },
      },
      throttle: defaultThrottleRates,
      credits: { available },
      overLimits: [],
    });
  });

  it('name the limits of which more is used than the plan allows', async () => {
    const tenant = await filled();
    await services.usePlan(tenant, 'trial');
    const { overLimits, limits } = await entitlementsOf(tenant);
    expect(limits['sites']).toEqual({ max: 1, used: 2 });
    expect(overLimits).toContain('sites');
    expect(overLimits).not.toContain('projects');
  });

  it('are computed for the time of the call: a trial that has ended is told as such', async () => {
    const tenant = await services.register();
    const ended = secondsAfter(90 * 86_400);
    expect(await entitlementsOf(tenant)).toMatchObject({
      standing: { state: 'good' },
      plan: { slug: 'trial' },
    });
    expect(await entitlementsOf(tenant, { now: ended })).toMatchObject({
      standing: { state: 'refused', code: 'trial_expired' },
      credits: { available: 0 },
    });
  });

  it('do not tell an actor of named sites how much there is of what they may not see', async () => {
    const tenant = await filled();
    const { limits, overLimits } = await entitlementsOf(tenant, { sites: [tenant.siteId] });
    expect(Object.values(limits).map(({ used }) => used)).toEqual(Object.values(limits).map(() => null));
    expect(overLimits).toEqual([]);
  });

  it('leave out another account, and a site that was deleted', async () => {
    const [tenant, other] = [await filled(), await services.register()];
    await services.database.query('update site set deleted_at = now() where id = $1', [tenant.siteId]);
    expect((await entitlementsOf(tenant)).limits).toMatchObject({
      sites: { used: 1 },
      sectorsPerSite: { used: 1 },
    });
    expect((await entitlementsOf(other)).limits).toMatchObject({
      users: { used: 1 },
      sites: { used: 0 },
      sectorsPerSite: { used: 0 },
      apiKeys: { used: 0 },
    });
  });
});
