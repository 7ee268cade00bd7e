import { setTimeout } from 'node:timers/promises';
import { newId } from '@tenantry/db/ids';
import { change } from '@tenantry/ledger/change';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { holdCredits } from '../credit/hold.ts';
import { createInvitation } from '../invitation/create.ts';
import { listInvitations } from '../invitation/list.ts';
import { listMembers } from '../member/list.ts';
import { limitMember } from '../member/update.ts';
import { type ServiceTest, type Tenant, accepted, codeOf, openServiceTest } from '../service.fixture.ts';
import { archiveSite } from './archive.ts';
import { createSite } from './create.ts';
import { deleteSite } from './delete.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

const made = async (tenant: Tenant, name: string) =>
  accepted(await services.inAccount(tenant, (context) => createSite(context, { name })));

describe('a site with what refers to it', () => {
  it.each([
    ['deleted', deleteSite],
    ['archived', archiveSite],
  ] as const)('takes no hold that is made while it is %s', async (_what, end) => {
    const tenant = await services.register();
    const { id: siteId } = await made(tenant, 'A');
    const [begun, committed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const ending = services.inAccount(tenant, async (context) => {
      const answer = await end(context, { siteId });
      begun.resolve();
      await committed.promise;
      return answer;
    });
    await begun.promise;
    const input = { siteId, amount: 1, ttlSeconds: 60, metadata: {} };
    const holding = services.inAccount(tenant, ({ tx }) => change(tx, holdCredits, input));
    const isFirst = await Promise.race([holding.then(() => true), setTimeout(200, false)]);
    committed.resolve();
    accepted(await ending);
    expect([isFirst, codeOf(await holding)]).toEqual([false, 'not_found']);
  });

  it('leaves the sites of members and invitations, and ends an invitation to it alone', async () => {
    const tenant = await services.register();
    await services.usePlan(tenant, 'unthrottled');
    const [kept, gone] = [await made(tenant, 'Kept'), await made(tenant, 'Gone')];
    const members = [await services.addMember(tenant, 'viewer'), await services.addMember(tenant, 'editor')];
    for (const [index, userId] of members.entries()) {
      const siteIds = index === 0 ? [gone.id] : [kept.id, gone.id];
      accepted(await services.inAccount(tenant, (context) => limitMember(context, { userId, siteIds })));
    }
    for (const siteIds of [[gone.id], [kept.id, gone.id]]) {
      const input = { email: `${newId()}@example.test`, role: 'viewer', siteIds } as const;
      accepted(await services.inAccount(tenant, (context) => createInvitation(context, input)));
    }
    accepted(await services.inAccount(tenant, (context) => deleteSite(context, { siteId: gone.id })));
    const { items } = await services.inAccount(tenant, (context) => listMembers(context));
    expect(members.map((id) => items.find(({ userId }) => userId === id)?.siteIds)).toEqual([[], [kept.id]]);
    const invitations = await services.inAccount(tenant, (context) =>
      listInvitations(context, { limit: 10 }),
    );
    expect(invitations.items.map(({ status, siteIds }) => ({ status, siteIds }))).toEqual([
      { status: 'open', siteIds: [kept.id] },
      { status: 'revoked', siteIds: [] },
    ]);
  });
});
