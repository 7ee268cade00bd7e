import type { CreateApiKeyInput } from '@tenantry/contract/api-key';
import { newId } from '@tenantry/db/ids';
import { refuse } from '@tenantry/domain/refusals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ServiceTest,
  type Tenant,
  accepted,
  actorOf,
  codeOf,
  now,
  openServiceTest,
  secondsAfter,
} from '../service.fixture.ts';
import { createSite } from '../site/create.ts';
import { createKey } from './create.ts';
import { getKey } from './get.ts';
import { revokeKey } from './revoke.ts';
import { rotateKey } from './rotate.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

const create = (tenant: Tenant, more: Partial<CreateApiKeyInput> = {}, at = now) =>
  services.inAccount(
    tenant,
    (context) => createKey(context, { name: 'A key', scopes: ['site:read'], ...more }),
    { now: at },
  );
const rotate = (tenant: Tenant, keyId: string, overlapSeconds: number, at = now) =>
  services.inAccount(tenant, (context) => rotateKey(context, { keyId, overlapSeconds }), { now: at });
const revoke = (tenant: Tenant, keyId: string, at = now) =>
  services.inAccount(tenant, (context) => revokeKey(context, { keyId }), { now: at });
const get = async (tenant: Tenant, keyId: string) =>
  accepted(await services.inAccount(tenant, (context) => getKey(context, { keyId })));

describe('creating an API key', () => {
  it('answers the secret once, and stores its digest alone', async () => {
    const tenant = await services.register();
    const { secret, ...key } = accepted(await create(tenant));
    expect(secret.startsWith(`${key.prefix}_`)).toBe(true);
    expect(await get(tenant, key.id)).toEqual(key);
    const [row] = await services.database.query('select * from api_key where id = $1', [key.id]);
    expect(row?.['digest']).toBe(services.ports.identity.digestApiKey(secret));
    expect(JSON.stringify(row)).not.toContain(secret);
  });

  it('keeps each scope once, with the site, the addresses, the expiry and the daily limit', async () => {
    const tenant = await services.register();
    const site = accepted(
      await services.inAccount(tenant, (context) => createSite(context, { name: 'A site' })),
    );
    const bounds = { siteId: site.id, expiresAt: secondsAfter(60), allowedAddresses: ['192.0.2.0/24'] };
    const scopes = ['site:read', 'credit:spend', 'site:read'] as const;
    const key = accepted(await create(tenant, { scopes: [...scopes], ...bounds, creditsPerDayMax: 0 }));
    expect(await get(tenant, key.id)).toMatchObject({
      ...bounds,
      scopes: ['site:read', 'credit:spend'],
      creditsPerDayMax: 0,
      revokedAt: null,
    });
    expect((await get(tenant, accepted(await create(tenant)).id)).creditsPerDayMax).toBeNull();
  });

  it('is refused for a site of another account, and for an expiry that has passed', async () => {
    const [tenant, other] = [await services.register(), await services.register()];
    const foreign = accepted(
      await services.inAccount(other, (context) => createSite(context, { name: 'Foreign' })),
    );
    expect(codeOf(await create(tenant, { siteId: foreign.id }))).toBe('not_found');
    const past = await create(tenant, { expiresAt: now });
    expect(past).toEqual(refuse('invalid_input', { errors: [{ path: 'expiresAt', message: 'has passed' }] }));
  });

  it('is refused above the limit of the plan; a key that is revoked or has expired does not count', async () => {
    const tenant = await services.register();
    const first = accepted(await create(tenant));
    accepted(await create(tenant, { expiresAt: secondsAfter(60) }));
    expect(await create(tenant)).toEqual(refuse('plan_limit_reached', { limit: 2, used: 2 }));
    accepted(await create(tenant, {}, secondsAfter(60)));
    expect(codeOf(await create(tenant, {}, secondsAfter(60)))).toBe('plan_limit_reached');
    await revoke(tenant, first.id);
    expect(codeOf(await create(tenant, {}, secondsAfter(60)))).toBe('ok');
  });
});

describe('rotating an API key', () => {
  it('makes a key with another secret that can do the same, and ends the old one after the overlap', async () => {
    const tenant = await services.register();
    const bounds = { scopes: ['credit:spend' as const], allowedAddresses: ['192.0.2.7'] };
    const old = accepted(await create(tenant, { ...bounds, creditsPerDayMax: 10 }));
    const next = accepted(await rotate(tenant, old.id, 300));
    expect(next).toMatchObject({ ...bounds, name: 'A key', creditsPerDayMax: 10, expiresAt: null });
    expect(next.id).not.toBe(old.id);
    expect(next.secret).not.toBe(old.secret);
    expect((await get(tenant, old.id)).expiresAt).toEqual(secondsAfter(300));
  });

  it('never lets the old key live longer than it would have', async () => {
    const tenant = await services.register();
    const old = accepted(await create(tenant, { expiresAt: secondsAfter(60) }));
    const next = accepted(await rotate(tenant, old.id, 300));
    expect([(await get(tenant, old.id)).expiresAt, next.expiresAt]).toEqual(Array(2).fill(secondsAfter(60)));
  });

  it('names who made each key, and the key that it replaced', async () => {
    const tenant = await services.register();
    const old = accepted(await create(tenant));
    expect(old).toMatchObject({ createdBy: tenant.userId, predecessorId: null });
    const admin = await services.addMember(tenant, 'admin');
    const next = await services.inAccount(
      tenant,
      (context) => rotateKey(context, { keyId: old.id, overlapSeconds: 60 }),
      { actor: actorOf(admin) },
    );
    expect(accepted(next)).toMatchObject({ createdBy: admin, predecessorId: old.id });
  });

  it('leaves one predecessor: the key that the old one had replaced ends at once', async () => {
    const tenant = await services.register();
    const first = accepted(await create(tenant));
    const second = accepted(await rotate(tenant, first.id, 300));
    const third = accepted(await rotate(tenant, second.id, 300, secondsAfter(10)));
    expect((await get(tenant, first.id)).revokedAt).toEqual(secondsAfter(10));
    expect(await get(tenant, second.id)).toMatchObject({ revokedAt: null, expiresAt: secondsAfter(310) });
    expect(third).toMatchObject({ expiresAt: null, predecessorId: second.id });
    // The first has expired when the third is replaced, and keeps the time at which it ended.
    accepted(await rotate(tenant, third.id, 0, secondsAfter(20)));
    expect((await get(tenant, first.id)).revokedAt).toEqual(secondsAfter(10));
  });

  it('is refused for a key that was replaced already, so that no key inherits the end of an overlap', async () => {
    const tenant = await services.register();
    const old = accepted(await create(tenant, { expiresAt: secondsAfter(3600) }));
    const next = accepted(await rotate(tenant, old.id, 60));
    expect(next.expiresAt).toEqual(secondsAfter(3600));
    expect(codeOf(await rotate(tenant, old.id, 60))).toBe('conflict');
    await revoke(tenant, next.id);
    expect(codeOf(await rotate(tenant, old.id, 60))).toBe('conflict');
  });

  it('needs no free place in the plan', async () => {
    const tenant = await services.register();
    const old = accepted(await create(tenant));
    accepted(await create(tenant));
    expect(codeOf(await create(tenant))).toBe('plan_limit_reached');
    expect(codeOf(await rotate(tenant, old.id, 0))).toBe('ok');
  });

  it('takes one place of the plan together with the key that it replaced', async () => {
    const tenant = await services.register();
    accepted(await rotate(tenant, accepted(await create(tenant)).id, 300));
    expect(codeOf(await create(tenant))).toBe('ok');
    expect(await create(tenant)).toEqual(refuse('plan_limit_reached', { limit: 2, used: 2 }));
  });

  it('is refused for a key that is revoked or has expired, and for one of another account', async () => {
    const [tenant, other] = [await services.register(), await services.register()];
    const [revoked, expiring] = [
      accepted(await create(tenant)),
      accepted(await create(tenant, { expiresAt: secondsAfter(60) })),
    ];
    await revoke(tenant, revoked.id);
    expect(codeOf(await rotate(tenant, revoked.id, 0))).toBe('conflict');
    expect(codeOf(await rotate(tenant, expiring.id, 0, secondsAfter(60)))).toBe('conflict');
    expect(codeOf(await rotate(other, expiring.id, 0))).toBe('not_found');
  });
});

describe('revoking an API key', () => {
  it('is for good, keeps the first time, and does not reach another account', async () => {
    const [tenant, other] = [await services.register(), await services.register()];
    const { id } = accepted(await create(tenant));
    expect([await revoke(other, id), await revoke(tenant, newId())]).toEqual(
      Array(2).fill(refuse('not_found')),
    );
    expect((await get(tenant, id)).revokedAt).toBeNull();
    const read = await services.inAccount(other, (context) => getKey(context, { keyId: id }));
    expect(codeOf(read)).toBe('not_found');
    for (const at of [now, secondsAfter(5)]) expect(await revoke(tenant, id, at)).toEqual({ id });
    expect((await get(tenant, id)).revokedAt).toEqual(now);
  });
});
