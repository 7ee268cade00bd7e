import type { CallInfo } from '@tenantry/db/transaction';
import { newId } from '@tenantry/db/ids';
import { refuse } from '@tenantry/domain/refusals';
import { change } from '@tenantry/ledger/change';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createKey } from '../api-key/create.ts';
import { revokeKey } from '../api-key/revoke.ts';
import { rotateKey } from '../api-key/rotate.ts';
import {
  type ServiceTest,
  type Tenant,
  accepted,
  codeOf,
  now,
  openServiceTest,
  secondsAfter,
} from '../service.fixture.ts';
import { archiveSite, restoreSite } from '../site/archive.ts';
import { createSite } from '../site/create.ts';
import { holdCredits } from './hold.ts';
import { limitKey, limitSite } from './limit.ts';
import { listLimits } from './list-limits.ts';
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

interface Work {
  keyId?: string;
  siteId?: string;
  at?: Date;
  ttlSeconds?: number;
}

/** Holds credits as the owner, or as a key. */
const hold = (amount: number, { keyId, siteId, at = now, ttlSeconds = 60 }: Work = {}) => {
  const call: Partial<CallInfo> = { now: at };
  if (keyId !== undefined)
    call.actor = { kind: 'api_key', keyId, accountId: tenant.accountId, scopes: [], siteId: null };
  const input = { amount, siteId, ttlSeconds, metadata: {} };
  return services.inAccount(tenant, ({ tx }) => change(tx, holdCredits, input), call);
};
const settle = (holdId: string, amount: number) => {
  const used = { holdId, amount, allowExcess: true, usageSource: 'reported' } as const;
  return services.inAccount(tenant, ({ tx }) => change(tx, settleHold, used));
};
const setSite = (siteId: string, creditsPerDayMax: number | null) =>
  services.inAccount(tenant, (context) => limitSite(context, { siteId, creditsPerDayMax }));
const setKey = (keyId: string, creditsPerDayMax: number | null) =>
  services.inAccount(tenant, (context) => limitKey(context, { keyId, creditsPerDayMax }));
const newKey = async (creditsPerDayMax?: number) => {
  const input = { name: 'A key', scopes: ['credit:spend' as const], creditsPerDayMax };
  return accepted(await services.inAccount(tenant, (context) => createKey(context, input))).id;
};
const newSite = async () =>
  accepted(await services.inAccount(tenant, (context) => createSite(context, { name: 'A site' }))).id;
const limits = async (at = now) =>
  (await services.inAccount(tenant, (context) => listLimits(context, { limit: 10 }), { now: at })).items;

describe('the daily limit of a key', () => {
  it('refuses what would go over it, with the figures, and nobody else', async () => {
    const keyId = await newKey(50);
    accepted(await hold(45, { keyId }));
    const facts = { limit: 50, used: 45, required: 6 };
    expect(await hold(6, { keyId })).toEqual(refuse('spending_limit_reached', facts));
    expect(codeOf(await hold(5, { keyId }))).toBe('ok');
    expect(codeOf(await hold(100))).toBe('ok');
    expect(await limits()).toEqual([{ siteId: null, keyId, creditsPerDayMax: 50, usedToday: 50 }]);
  });

  it('counts what was spent of a hold, and lets no excess go over it', async () => {
    const keyId = await newKey(10);
    const { id } = accepted(await hold(8, { keyId }));
    expect(await settle(id, 11)).toEqual(
      refuse('spending_limit_reached', { limit: 10, used: 8, required: 3 }),
    );
    accepted(await settle(id, 3));
    expect((await limits())[0]?.usedToday).toBe(3);
    expect(codeOf(await hold(8, { keyId }))).toBe('spending_limit_reached');
    expect(codeOf(await hold(7, { keyId }))).toBe('ok');
  });

  it('gets back what a hold that ran out has held, and begins anew each UTC day', async () => {
    const keyId = await newKey(50);
    accepted(await hold(50, { keyId, ttlSeconds: 10 }));
    expect((await limits(secondsAfter(9)))[0]?.usedToday).toBe(50);
    expect((await limits(secondsAfter(10)))[0]?.usedToday).toBe(0);
    const [evening, midnight] = [new Date('2026-03-02T23:59:59Z'), new Date('2026-03-03T00:00:00Z')];
    accepted(await hold(50, { keyId, at: evening }));
    expect(codeOf(await hold(1, { keyId, at: evening }))).toBe('spending_limit_reached');
    expect(codeOf(await hold(50, { keyId, at: midnight }))).toBe('ok');
    expect(codeOf(await hold(1, { keyId, at: midnight }))).toBe('spending_limit_reached');
  });

  it('is lifted with null', async () => {
    const keyId = await newKey(0);
    expect(codeOf(await hold(1, { keyId }))).toBe('spending_limit_reached');
    const lifted = { siteId: null, keyId, creditsPerDayMax: null, usedToday: 0 };
    expect(await setKey(keyId, null)).toEqual(lifted);
    expect(await limits()).toEqual([]);
    expect(codeOf(await hold(1, { keyId }))).toBe('ok');
  });

  it('is one for all keys of a rotation, whichever spends and however often it is rotated', async () => {
    const keys = [await newKey(10)];
    const newest = () => keys.at(-1) ?? '';
    accepted(await hold(2, { keyId: newest() }));
    for (let count = 0; count < 3; count += 1) {
      const rotation = { keyId: newest(), overlapSeconds: 3600 };
      keys.push(accepted(await services.inAccount(tenant, (context) => rotateKey(context, rotation))).id);
      accepted(await hold(2, { keyId: newest() }));
    }
    for (const keyId of keys) expect(codeOf(await hold(3, { keyId }))).toBe('spending_limit_reached');
    accepted(await hold(2, { keyId: keys[0] ?? '' }));
    for (const keyId of keys) expect(codeOf(await hold(1, { keyId }))).toBe('spending_limit_reached');
    expect(await limits()).toEqual([{ siteId: null, keyId: newest(), creditsPerDayMax: 10, usedToday: 10 }]);
    expect(await setKey(keys[1] ?? '', 11)).toMatchObject({ keyId: keys[1], usedToday: 10 });
    expect(codeOf(await hold(1, { keyId: newest() }))).toBe('ok');
  });

  it('forgets nothing when it is removed, and counts what was spent without it', async () => {
    const keyId = await newKey();
    const { id } = accepted(await hold(8, { keyId }));
    accepted(await settle(id, 6));
    expect(await setKey(keyId, 10)).toMatchObject({ usedToday: 6 });
    accepted(await hold(4, { keyId }));
    expect(await setKey(keyId, null)).toMatchObject({ usedToday: 10 });
    accepted(await hold(5, { keyId }));
    expect(await setKey(keyId, 10)).toMatchObject({ usedToday: 15 });
    expect(codeOf(await hold(1, { keyId }))).toBe('spending_limit_reached');
  });

  it('begins anew for a key that is made anew: a revoked key is not rotated', async () => {
    const keyId = await newKey(5);
    accepted(await hold(5, { keyId }));
    await services.inAccount(tenant, (context) => revokeKey(context, { keyId }));
    const another = await newKey(5);
    expect(codeOf(await hold(5, { keyId: another }))).toBe('ok');
    expect(codeOf(await hold(1, { keyId: another }))).toBe('spending_limit_reached');
  });
});

describe('the daily limit of a site', () => {
  it('counts whoever works for it, beside the limit of the key', async () => {
    const [siteId, keyId] = [await newSite(), await newKey(8)];
    await setSite(siteId, 10);
    accepted(await hold(5, { siteId }));
    expect(codeOf(await hold(6, { keyId, siteId }))).toBe('spending_limit_reached');
    accepted(await hold(5, { keyId, siteId }));
    expect(codeOf(await hold(1, { siteId }))).toBe('spending_limit_reached');
    expect(codeOf(await hold(4, { keyId }))).toBe('spending_limit_reached');
    expect(codeOf(await hold(3, { keyId }))).toBe('ok');
    expect(codeOf(await hold(500))).toBe('ok');
  });

  it('begins with the work that is under way when it is set, and keeps its count when it is changed', async () => {
    const siteId = await newSite();
    const early = accepted(await hold(30, { siteId }));
    expect(await setSite(siteId, 50)).toMatchObject({ siteId, creditsPerDayMax: 50, usedToday: 30 });
    accepted(await hold(5, { siteId }));
    expect(await setSite(siteId, 40)).toMatchObject({ creditsPerDayMax: 40, usedToday: 35 });
    const release = { holdId: early.id };
    accepted(await services.inAccount(tenant, ({ tx }) => change(tx, releaseHold, release)));
    expect(await limits()).toMatchObject([{ siteId, usedToday: 5 }]);
  });

  it('stays what it was while a site is archived and restored', async () => {
    const siteId = await newSite();
    await setSite(siteId, 10);
    accepted(await hold(7, { siteId }));
    for (const act of [archiveSite, restoreSite])
      accepted(await services.inAccount(tenant, (context) => act(context, { siteId })));
    expect(codeOf(await hold(4, { siteId }))).toBe('spending_limit_reached');
    expect(codeOf(await hold(3, { siteId }))).toBe('ok');
  });

  it('is not set for a site or a key of another account', async () => {
    const [siteId, keyId] = [await newSite(), await newKey()];
    tenant = await services.register();
    expect([await setSite(siteId, 1), await setKey(keyId, 1), await setSite(newId(), 1)]).toEqual(
      Array(3).fill(refuse('not_found')),
    );
    expect(await limits()).toEqual([]);
  });
});
