import { newId } from '@tenantry/db/ids';
import { refuse } from '@tenantry/domain/refusals';
import { insertDelivery } from '@tenantry/testing/webhook/delivery';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ServiceTest,
  type Tenant,
  accepted,
  codeOf,
  now,
  openServiceTest,
  secondsAfter,
} from '../service.fixture.ts';
import { createEndpoint, endpointsMax } from './create.ts';
import { deleteEndpoint } from './delete.ts';
import { getEndpoint } from './get.ts';
import { listAttempts, listDeliveries, listEndpoints } from './list.ts';
import { redeliver } from './redeliver.ts';
import { rotateSecret } from './rotate.ts';
import { sendTest } from './send-test.ts';
import { updateEndpoint } from './update.ts';

let services: ServiceTest;
beforeAll(async () => {
  services = await openServiceTest();
});
afterAll(() => services.close());

const url = 'https://hooks.example.com/tenantry';
const create = (tenant: Tenant, more: object = {}) =>
  services.inAccount(tenant, (context) => createEndpoint(context, { url, ...more }));
const get = (tenant: Tenant, endpointId: string, at = now) =>
  services.inAccount(tenant, (context) => getEndpoint(context, { endpointId }), { now: at });
const update = (tenant: Tenant, endpointId: string, changes: object) =>
  services.inAccount(tenant, (context) => updateEndpoint(context, { endpointId, ...changes }));
const remove = (tenant: Tenant, endpointId: string) =>
  services.inAccount(tenant, (context) => deleteEndpoint(context, { endpointId }));
const rotate = (tenant: Tenant, endpointId: string, overlapSeconds: number) =>
  services.inAccount(tenant, (context) => rotateSecret(context, { endpointId, overlapSeconds }));
const test = (tenant: Tenant, endpointId: string) =>
  services.inAccount(tenant, (context) => sendTest(context, { endpointId }));
const again = (tenant: Tenant, endpointId: string, deliveryId: string) =>
  services.inAccount(tenant, (context) => redeliver(context, { endpointId, deliveryId }));
const rowOf = async (id: string) =>
  (await services.database.query('select * from webhook_endpoint where id = $1', [id]))[0] ?? {};

describe('creating a webhook endpoint', () => {
  it('answers the secret once, and stores it sealed', async () => {
    const tenant = await services.register();
    const events = ['invoice.issued', 'invoice.issued', 'account.closed'] as const;
    const { secret, ...made } = accepted(await create(tenant, { description: 'Of the shop', events }));
    expect(secret).toMatch(/^whsec_[\w+/]{43}=$/);
    expect(made).toMatchObject({
      url,
      description: 'Of the shop',
      events: ['invoice.issued', 'account.closed'],
      enabled: true,
    });
    expect(await get(tenant, made.id)).toEqual(made);
    const row = await rowOf(made.id);
    expect(JSON.stringify(row)).not.toContain(secret.slice('whsec_'.length));
    expect(services.ports.identity.unseal(String(row['secret'])).text).toBe(secret);
  });

  it.each([
    ['http://hooks.example.com/', 'must begin with https://'],
    ['https://user:password@hooks.example.com/', 'must not hold a user name or a password'],
    ['https://169.254.169.254/latest/meta-data', 'must name a host of the internet'],
    ['https://hooks.example.com:25/', 'must have the port 443 or one from 1024'],
    ['nonsense', 'is not a URL'],
  ])('is refused for %s, and so is a change to it', async (wrong, message) => {
    const tenant = await services.register();
    const refusal = refuse('invalid_input', { errors: [{ path: 'url', message }] });
    expect(await create(tenant, { url: wrong })).toEqual(refusal);
    const { id } = accepted(await create(tenant));
    expect(await update(tenant, id, { url: wrong })).toEqual(refusal);
    expect(await get(tenant, id)).toMatchObject({ url });
  });

  it('is refused above ten, and a deleted one does not count', async () => {
    const tenant = await services.register();
    for (let made = 0; made < endpointsMax; made += 1) accepted(await create(tenant));
    expect(codeOf(await create(tenant))).toBe('conflict');
    const page = await services.inAccount(tenant, (context) => listEndpoints(context, { limit: 100 }));
    const [newest] = page.items;
    await remove(tenant, newest?.id ?? '');
    expect(codeOf(await create(tenant))).toBe('ok');
  });
});

describe('a webhook endpoint', () => {
  it('of another account does not exist for any call', async () => {
    const [tenant, other] = [await services.register(), await services.register()];
    const { id } = accepted(await create(tenant));
    const deliveryId = await insertDelivery(services, tenant.accountId, id);
    const asked = [
      await get(other, id),
      await update(other, id, { enabled: false }),
      await remove(other, id),
      await rotate(other, id, 0),
      await test(other, id),
      await again(other, id, deliveryId),
      await services.inAccount(other, (context) => listDeliveries(context, { endpointId: id, limit: 10 })),
      await services.inAccount(other, (context) => listAttempts(context, { endpointId: id, limit: 10 })),
      await get(tenant, newId()),
    ];
    expect(asked).toEqual(Array(asked.length).fill(refuse('not_found')));
    expect(await get(tenant, id)).toMatchObject({ enabled: true });
    // An own endpoint does not reach a foreign delivery either.
    const own = accepted(await create(other));
    expect(codeOf(await again(other, own.id, deliveryId))).toBe('not_found');
  });

  it('keeps what a change does not name, and can be disabled and enabled', async () => {
    const tenant = await services.register();
    const { id } = accepted(await create(tenant, { description: 'One' }));
    await update(tenant, id, { events: ['account.closed'] });
    expect(await update(tenant, id, { enabled: false })).toMatchObject({
      description: 'One',
      events: ['account.closed'],
      disabledReason: 'asked',
      disabledAt: now,
    });
    expect([codeOf(await test(tenant, id)), codeOf(await again(tenant, id, newId()))]).toEqual([
      'conflict',
      'not_found',
    ]);
    const deliveryId = await insertDelivery(services, tenant.accountId, id);
    expect(codeOf(await again(tenant, id, deliveryId))).toBe('conflict');
    expect(await update(tenant, id, { enabled: true, description: null })).toMatchObject({
      description: null,
      disabledReason: null,
      disabledAt: null,
    });
  });

  it('has the secret before a rotation until the overlap ends, and not the one before that', async () => {
    const tenant = await services.register();
    const first = accepted(await create(tenant));
    const second = accepted(await rotate(tenant, first.id, 60));
    expect(second.secret).not.toBe(first.secret);
    expect([await get(tenant, first.id), await get(tenant, first.id, secondsAfter(60))]).toMatchObject([
      { previousSecretUntil: secondsAfter(60) },
      { previousSecretUntil: null },
    ]);
    accepted(await rotate(tenant, first.id, 60));
    const row = await rowOf(first.id);
    expect(services.ports.identity.unseal(String(row['previous_secret'])).text).toBe(second.secret);
    accepted(await rotate(tenant, first.id, 0));
    expect(await rowOf(first.id)).toMatchObject({ previous_secret: null, previous_secret_until: null });
  });

  it('gets a delivery again that has ended, once', async () => {
    const tenant = await services.register();
    const { id } = accepted(await create(tenant));
    const deliveryId = await insertDelivery(services, tenant.accountId, id);
    const of = (status?: 'failed' | 'pending') =>
      services.inAccount(tenant, (context) => listDeliveries(context, { endpointId: id, limit: 10, status }));
    expect(accepted(await of('failed')).items).toHaveLength(1);
    expect(await again(tenant, id, deliveryId)).toMatchObject({
      status: 'pending',
      attempts: 0,
      finishedAt: null,
    });
    const [before] = await services.database.query('select queued_at from webhook_delivery where id = $1', [
      deliveryId,
    ]);
    expect(await again(tenant, id, deliveryId)).toMatchObject({ status: 'pending' });
    expect(
      await services.database.query('select queued_at from webhook_delivery where id = $1', [deliveryId]),
    ).toEqual([before]);
    expect([accepted(await of('failed')).items.length, accepted(await of('pending')).items.length]).toEqual([
      0, 1,
    ]);
    const [queue] = await services.database.query(
      'select next_attempt_at from webhook_queue where endpoint_id = $1',
      [id],
    );
    expect(queue?.['next_attempt_at']).toEqual(now);
    expect(codeOf(await again(tenant, id, newId()))).toBe('not_found');
  });
});
