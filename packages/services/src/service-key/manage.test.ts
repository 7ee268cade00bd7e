import { newId } from '@tenantry/db/ids';
import { openServiceKeyIdentity } from '@tenantry/identity/port';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ServiceTest,
  accepted,
  codeOf,
  now,
  openServiceTest,
  secondsAfter,
} from '../service.fixture.ts';
import {
  type ServiceKeyChange,
  createServiceKey,
  listServiceKeys,
  revokeServiceKey,
  rotateServiceKey,
} from './manage.ts';

let services: ServiceTest;
const staffId = newId();
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

const identity = openServiceKeyIdentity('p'.repeat(32));
/** A change by a platform admin, in the role of the admin app. */
const at = (time = now): ServiceKeyChange => ({
  actor: { kind: 'staff', staffId, role: 'platform_admin', sessionId: newId() },
  requestId: newId(),
  now: time,
  identity,
  commit: (work) => services.database.admin.withoutAccount.write({}, work),
});
const asked = { name: 'Backend', mode: 'live', scopes: ['account:read'], callsPerMinute: 60 } as const;
type Asked = Parameters<typeof createServiceKey>[1];
const create = async (more: Partial<Asked> = {}) =>
  accepted(await createServiceKey(at(), { ...asked, scopes: [...asked.scopes], ...more }));
const rotate = (serviceKeyId: string, { overlapSeconds = 60, time = now } = {}) =>
  rotateServiceKey(at(time), { serviceKeyId, overlapSeconds });
async function stored(id: string) {
  const { items } = await listServiceKeys({ database: services.database.admin }, { limit: 100 });
  return items.find((key) => key.id === id);
}

describe('a new service key', () => {
  it('has each scope once, names who made it, and keeps a digest alone', async () => {
    const { secret, ...shown } = await create({ scopes: ['credit:read', 'account:read', 'credit:read'] });
    expect(shown).toMatchObject({
      scopes: ['credit:read', 'account:read'],
      allowedAddresses: [],
      createdBy: `staff:${staffId}`,
      expiresAt: null,
    });
    expect(await stored(shown.id)).toEqual(shown);
    const [row] = await services.database.query('select * from service_key where id = $1', [shown.id]);
    expect(row?.['digest']).toBe(identity.digestApiKey(secret));
    expect(JSON.stringify(row)).not.toContain(secret);
  });

  it('is refused with an expiry that is now or has passed', async () => {
    for (const expiresAt of [now, secondsAfter(-1)])
      expect(codeOf(await createServiceKey(at(), { ...asked, scopes: ['account:read'], expiresAt }))).toBe(
        'invalid_input',
      );
    expect((await create({ expiresAt: secondsAfter(1) })).expiresAt).toEqual(secondsAfter(1));
  });
});

describe('a rotation of a service key', () => {
  it('hands on what the key may do and until when, and lets the key work for the overlap', async () => {
    const bounds = {
      mode: 'test',
      allowedAddresses: ['192.0.2.0/24'],
      expiresAt: secondsAfter(3600),
    } as const;
    const old = await create({ ...bounds, allowedAddresses: [...bounds.allowedAddresses] });
    const { id, ...next } = accepted(await rotate(old.id));
    expect(next).toMatchObject({ ...bounds, name: 'Backend', scopes: old.scopes, predecessorId: old.id });
    expect(next.prefix).toMatch(/^tns_test_/);
    expect((await stored(old.id))?.expiresAt).toEqual(secondsAfter(60));
    expect((await stored(id))?.expiresAt).toEqual(secondsAfter(3600));
  });

  it('never lets the key work for longer than it would have', async () => {
    const old = await create({ expiresAt: secondsAfter(30) });
    accepted(await rotate(old.id));
    expect((await stored(old.id))?.expiresAt).toEqual(secondsAfter(30));
  });

  it('ends the predecessor of the key, so that two keys work at most', async () => {
    const first = await create();
    const second = accepted(await rotate(first.id, { overlapSeconds: 600 }));
    accepted(await rotate(second.id, { overlapSeconds: 600 }));
    expect((await stored(first.id))?.revokedAt).toEqual(now);
    expect((await stored(second.id))?.revokedAt).toBeNull();
  });

  it('is refused of a key that was replaced, is revoked or has expired, and of none', async () => {
    const [replaced, revoked] = [await create(), await create()];
    const expired = await create({ expiresAt: secondsAfter(10) });
    accepted(await rotate(replaced.id));
    accepted(await revokeServiceKey(at(), { serviceKeyId: revoked.id }));
    expect(codeOf(await rotate(replaced.id))).toBe('conflict');
    expect(codeOf(await rotate(revoked.id))).toBe('conflict');
    expect(codeOf(await rotate(expired.id, { time: secondsAfter(10) }))).toBe('conflict');
    expect(codeOf(await rotate(expired.id, { time: secondsAfter(9) }))).toBe('ok');
    expect(codeOf(await rotate(newId()))).toBe('not_found');
  });
});

describe('a revocation of a service key', () => {
  it('is for good, and a second one keeps the time of the first', async () => {
    const { id } = await create();
    accepted(await revokeServiceKey(at(), { serviceKeyId: id }));
    accepted(await revokeServiceKey(at(secondsAfter(60)), { serviceKeyId: id }));
    expect((await stored(id))?.revokedAt).toEqual(now);
  });

  it('is refused of a key that does not exist', async () => {
    expect(codeOf(await revokeServiceKey(at(), { serviceKeyId: newId() }))).toBe('not_found');
  });
});
