import type { CallInfo } from '@tenantry/db/transaction';
import { newId } from '@tenantry/db/ids';
import { change } from '@tenantry/ledger/change';
import { faultsOfBooks } from '@tenantry/testing/ledger-faults';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type ServiceTest,
  type Tenant,
  accepted,
  codeOf,
  openServiceTest,
  secondsAfter,
} from '../service.fixture.ts';
import { archiveSite, restoreSite } from '../site/archive.ts';
import { createSite } from '../site/create.ts';
import { deleteSite } from '../site/delete.ts';
import { extendHold } from './extend.ts';
import { getCredits } from './get.ts';
import { getHold } from './get-hold.ts';
import { holdCredits } from './hold.ts';
import { releaseHold } from './release.ts';
import { settleHold } from './settle.ts';

let services: ServiceTest;
let tenant: Tenant;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());
beforeEach(async () => {
  tenant = await services.register();
});
afterEach(async () => expect(await faultsOfBooks(services.database, tenant.accountId)).toEqual([]));

const held = async (siteId?: string) => {
  const input = { amount: 10, ttlSeconds: 60, metadata: {}, siteId };
  return accepted(await services.inAccount(tenant, ({ tx }) => change(tx, holdCredits, input))).id;
};
const extend = (holdId: string, ttlSeconds: number, call: Partial<CallInfo> = {}) =>
  services.inAccount(tenant, (context) => extendHold(context, { holdId, ttlSeconds }), call);
const settle = (holdId: string, at: Date) => {
  const input = { holdId, amount: 4, allowExcess: false, usageSource: 'reported' } as const;
  return services.inAccount(tenant, ({ tx }) => change(tx, settleHold, input), { now: at });
};
const release = (holdId: string) =>
  services.inAccount(tenant, ({ tx }) => change(tx, releaseHold, { holdId }));
const entries = async () => {
  const [row] = await services.database.query(
    'select count(*)::int as count from ledger_entry where account_id = $1',
    [tenant.accountId],
  );
  return row?.['count'];
};

describe('extending a hold', () => {
  it('lets it live from now on, as often as it is open, and moves no credit', async () => {
    const id = await held();
    const before = await entries();
    const extended = accepted(await extend(id, 86_400, { now: secondsAfter(59) }));
    expect(extended).toMatchObject({ id, status: 'open', amount: 10, expiresAt: secondsAfter(59 + 86_400) });
    accepted(await extend(id, 86_400, { now: secondsAfter(86_000) }));
    const late = secondsAfter(100_000);
    const read = await services.inAccount(tenant, (context) => getHold(context, { holdId: id }), {
      now: late,
    });
    expect(read).toMatchObject({ status: 'open', expiresAt: secondsAfter(86_000 + 86_400) });
    expect(await services.inAccount(tenant, getCredits, { now: late })).toMatchObject({ held: 10 });
    expect(await entries()).toBe(before);
    expect(await settle(id, late)).toMatchObject({ status: 'settled', settledAmount: 4, unbilledAmount: 0 });
  });

  it('never shortens it', async () => {
    const id = await held();
    expect(accepted(await extend(id, 10)).expiresAt).toEqual(secondsAfter(60));
    expect(await settle(id, secondsAfter(59))).toMatchObject({ status: 'settled' });
  });

  it('is refused at the moment at which it expires, and once it is settled or released', async () => {
    const [expired, settled, released] = [await held(), await held(), await held()];
    accepted(await settle(settled, secondsAfter(1)));
    accepted(await release(released));
    expect(codeOf(await extend(expired, 60, { now: secondsAfter(60) }))).toBe('hold_resolved');
    for (const id of [settled, released]) expect(codeOf(await extend(id, 60))).toBe('hold_resolved');
  });

  it('is refused for a hold of another account or site, and for one that does not exist', async () => {
    const id = await held();
    expect(codeOf(await extend(newId(), 60))).toBe('not_found');
    expect(codeOf(await extend(id, 60, { sites: [newId()] }))).toBe('not_found');
    const own = tenant;
    tenant = await services.register();
    expect(codeOf(await extend(id, 60))).toBe('not_found');
    tenant = own;
  });

  it('is refused while its site is archived and once it is deleted: such a hold can only be resolved', async () => {
    const site = accepted(
      await services.inAccount(tenant, (context) => createSite(context, { name: 'A site' })),
    );
    const siteId = site.id;
    const [first, second] = [await held(siteId), await held(siteId)];
    accepted(await services.inAccount(tenant, (context) => archiveSite(context, { siteId })));
    expect(codeOf(await extend(first, 600))).toBe('conflict');
    accepted(await services.inAccount(tenant, (context) => restoreSite(context, { siteId })));
    expect(codeOf(await extend(first, 600))).toBe('ok');
    accepted(await services.inAccount(tenant, (context) => deleteSite(context, { siteId })));
    expect(codeOf(await extend(second, 600))).toBe('conflict');
    expect(await settle(first, secondsAfter(100))).toMatchObject({ status: 'settled' });
  });
});
