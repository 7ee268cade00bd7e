import { newId } from '@tenantry/db/ids';
import { refuse } from '@tenantry/domain/refusals';
import { change } from '@tenantry/ledger/change';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { holdCredits } from '../credit/hold.ts';
import { settleHold } from '../credit/settle.ts';
import { type ServiceTest, type Tenant, accepted, codeOf, now, openServiceTest } from '../service.fixture.ts';
import { archiveSite, restoreSite } from './archive.ts';
import { createSite } from './create.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

const create = (tenant: Tenant) =>
  services.inAccount(tenant, (context) => createSite(context, { name: 'A' }));
const archive = (tenant: Tenant, siteId: string) =>
  services.inAccount(tenant, (context) => archiveSite(context, { siteId }));
const restore = (tenant: Tenant, siteId: string) =>
  services.inAccount(tenant, (context) => restoreSite(context, { siteId }));
const hold = (tenant: Tenant, siteId: string) => {
  const input = { siteId, amount: 10, ttlSeconds: 900, metadata: {} };
  return services.inAccount(tenant, ({ tx }) => change(tx, holdCredits, input));
};

it('an archived site takes no new holds, and settles what it holds, until it is restored', async () => {
  const tenant = await services.register();
  const { id } = accepted(await create(tenant));
  const { id: holdId } = accepted(await hold(tenant, id));
  expect(accepted(await archive(tenant, id)).archivedAt).toEqual(now);
  expect(codeOf(await hold(tenant, id))).toBe('not_found');
  const settle = { holdId, amount: 4, allowExcess: false, usageSource: 'reported' } as const;
  const settled = await services.inAccount(tenant, ({ tx }) => change(tx, settleHold, settle));
  expect(accepted(settled)).toMatchObject({ siteId: id, settledAmount: 4 });
  expect(accepted(await restore(tenant, id)).archivedAt).toBeNull();
  expect(codeOf(await hold(tenant, id))).toBe('ok');
});

it('an archived site does not count against the limit of the plan, and is restored only below it', async () => {
  const tenant = await services.register();
  const { id } = accepted(await create(tenant));
  expect(codeOf(await create(tenant))).toBe('plan_limit_reached');
  await archive(tenant, id);
  const other = accepted(await create(tenant));
  expect(await restore(tenant, id)).toEqual(refuse('plan_limit_reached', { limit: 1, used: 1 }));
  await archive(tenant, other.id);
  expect(codeOf(await restore(tenant, id))).toBe('ok');
});

it('again changes nothing, and a site that is not there is not found', async () => {
  const [tenant, other] = [await services.register(), await services.register()];
  const { id } = accepted(await create(tenant));
  expect(await restore(tenant, id)).toMatchObject({ id, archivedAt: null });
  const first = await archive(tenant, id);
  expect(await archive(tenant, id)).toEqual(first);
  for (const siteId of [newId(), accepted(await create(other)).id])
    expect([await archive(tenant, siteId), await restore(tenant, siteId)]).toEqual(
      Array(2).fill(refuse('not_found')),
    );
});
