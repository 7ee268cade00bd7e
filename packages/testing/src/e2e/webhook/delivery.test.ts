import { webhookMessage } from '@tenantry/contract/webhook-message';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { type Owner, registerOwner } from '../../users.ts';
import { enqueue, lowBalances, makeEndpoint } from '../../webhook/endpoints.ts';
import { type Received, type Receiver, openReceiver } from '../../webhook/receiver.ts';
import { type TestRelay, openTestRelay } from '../../webhook/relay.ts';

let app: TestApp;
let receiver: Receiver;
let relay: TestRelay;
/** As expect.poll, with patience for a slow machine. */
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 10_000 });

beforeAll(async () => {
  app = await openTestApp();
  receiver = await openReceiver();
  relay = await openTestRelay(app.database);
});
afterAll(async () => {
  await relay.close();
  await receiver.close();
  await app.close();
  expect(relay.faults).toEqual([]);
});

const call = (owner: Owner, method: string, path: string, body?: unknown) =>
  app.rest(method, `/v1/webhook-endpoints${path}`, {
    bearer: owner.token,
    ...(body === undefined ? {} : { body }),
  });
const lists = async (owner: Owner, id: string, list: 'attempts' | 'deliveries') =>
  (await call(owner, 'GET', `/${id}/${list}`)).body.items;
const idsOf = (requests: readonly Received[]) => requests.map(({ headers }) => String(headers['webhook-id']));
const availableOf = ({ body }: Received): number => JSON.parse(body).data.available;
const headersOf = ({ headers }: Received): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

describe('the secret of an endpoint', () => {
  // These come first: a verifier takes no message from the future, and later tests move the clock of the relay.
  it('signs beside the one before it until the overlap ends', async () => {
    const owner = await registerOwner(app);
    const { id, secret } = await makeEndpoint(app, owner, `${receiver.url}/rotated`);
    const rotated = await call(owner, 'POST', `/${id}/rotate-secret`, { overlapSeconds: 600 });
    expect(rotated.status).toBe(201);
    await enqueue(app, owner.accountId, 'credit.low_balance', lowBalances(1));
    const [both] = await receiver.waitFor('/rotated', 1);
    if (both === undefined) throw new Error('nothing arrived');
    for (const one of [secret, rotated.body.secret]) new Webhook(one).verify(both.body, headersOf(both));
    await call(owner, 'POST', `/${id}/rotate-secret`, { overlapSeconds: 0 });
    await enqueue(app, owner.accountId, 'credit.low_balance', lowBalances(0));
    const [, alone] = await receiver.waitFor('/rotated', 2);
    if (alone === undefined) throw new Error('nothing arrived');
    expect(String(alone.headers['webhook-signature']).split(' ')).toHaveLength(1);
    for (const one of [secret, rotated.body.secret])
      expect(() => new Webhook(one).verify(alone.body, headersOf(alone))).toThrow();
  });
});

describe('a message of the outbox', () => {
  it('reaches an endpoint that asked for it, signed, with the body that the contract describes', async () => {
    const owner = await registerOwner(app);
    const { id, secret } = await makeEndpoint(app, owner, `${receiver.url}/signed`, ['credit.low_balance']);
    const [messageId] = await enqueue(app, owner.accountId, 'credit.low_balance', lowBalances(99));
    await enqueue(app, owner.accountId, 'account.suspended', [{}]);
    await enqueue(app, owner.accountId, 'credit.low_balance', lowBalances(98));
    const [first, second] = await receiver.waitFor('/signed', 2);
    if (first === undefined || second === undefined) throw new Error('nothing arrived');
    expect(first.headers).toMatchObject({ 'webhook-id': messageId, 'content-type': 'application/json' });
    const message = new Webhook(secret).verify(first.body, headersOf(first));
    expect(webhookMessage.parse(message)).toMatchObject({
      type: 'credit.low_balance',
      accountId: owner.accountId,
      externalAccountId: null,
      data: { threshold: 1000, available: 99 },
    });
    expect(availableOf(second)).toBe(98);
    await eventually(() =>
      lists(owner, id, 'deliveries').then((all) => all.map(({ status }: { status: string }) => status)),
    ).toEqual(['delivered', 'delivered']);
    expect((await lists(owner, id, 'attempts'))[0]).toMatchObject({
      outcome: 'delivered',
      status: 204,
      answer: null,
    });
    expect(receiver.received.filter(({ path }) => path === '/signed')).toHaveLength(2);
  });

  it('that was written before an endpoint was made does not reach it', async () => {
    const owner = await registerOwner(app);
    const { id } = await makeEndpoint(app, owner, `${receiver.url}/from-now-on`);
    await enqueue(app, owner.accountId, 'credit.low_balance', lowBalances(5));
    const [only] = await receiver.waitFor('/from-now-on', 1);
    expect(only && availableOf(only)).toBe(5);
    expect(await lists(owner, id, 'deliveries')).toHaveLength(1);
  });

  it('reaches every endpoint of its account and none of another', async () => {
    const [owner, other] = [await registerOwner(app), await registerOwner(app)];
    for (const path of ['/own-a', '/own-b']) await makeEndpoint(app, owner, receiver.url + path);
    await makeEndpoint(app, other, `${receiver.url}/foreign`);
    const ids = await enqueue(app, owner.accountId, 'credit.low_balance', lowBalances(3, 2, 1));
    for (const path of ['/own-a', '/own-b']) expect(idsOf(await receiver.waitFor(path, 3))).toEqual(ids);
    await enqueue(app, other.accountId, 'credit.low_balance', lowBalances(7));
    expect((await receiver.waitFor('/foreign', 1)).map(availableOf)).toEqual([7]);
  });

  it('waits for the one before it that failed, keeps its id and body, and holds up no other endpoint', async () => {
    const owner = await registerOwner(app);
    let isDown = true;
    receiver.answer('/failing', (response) => response.writeHead(isDown ? 500 : 204).end());
    const { id } = await makeEndpoint(app, owner, `${receiver.url}/failing`);
    await makeEndpoint(app, owner, `${receiver.url}/beside`);
    const ids = await enqueue(app, owner.accountId, 'credit.low_balance', lowBalances(3, 2, 1));
    expect(idsOf(await receiver.waitFor('/beside', 3))).toEqual(ids);
    const [first] = await receiver.waitFor('/failing', 1);
    relay.passSeconds(10);
    const [, again] = await receiver.waitFor('/failing', 2);
    expect([again?.headers['webhook-id'], again?.body]).toEqual([ids[0], first?.body]);
    await eventually(async () => (await call(owner, 'GET', `/${id}`)).body.failingSince).not.toBeNull();
    isDown = false;
    relay.passSeconds(60);
    expect(idsOf(await receiver.waitFor('/failing', 5))).toEqual([ids[0], ids[0], ...ids]);
    await eventually(async () => (await call(owner, 'GET', `/${id}`)).body.failingSince).toBeNull();
    const outcomes = (await lists(owner, id, 'attempts')).map(({ outcome }: { outcome: string }) => outcome);
    expect(outcomes).toEqual(['delivered', 'delivered', 'delivered', 'rejected', 'rejected']);
  });

  it('is given up after three days, and the next one goes on', async () => {
    const owner = await registerOwner(app);
    receiver.answer('/picky', (response, { body }) =>
      response.writeHead(JSON.parse(body).data.available === 3 ? 400 : 204).end('no'),
    );
    const { id } = await makeEndpoint(app, owner, `${receiver.url}/picky`);
    await enqueue(app, owner.accountId, 'credit.low_balance', lowBalances(3, 2));
    await receiver.waitFor('/picky', 1);
    relay.passSeconds(4 * 86_400);
    expect((await receiver.waitFor('/picky', 3)).map(availableOf)).toEqual([3, 3, 2]);
    await eventually(async () =>
      (await lists(owner, id, 'deliveries')).map(
        ({ status, attempts }: { status: string; attempts: number }) => [status, attempts],
      ),
    ).toEqual([
      ['delivered', 1],
      ['failed', 2],
    ]);
    expect((await call(owner, 'GET', `/${id}`)).body).toMatchObject({ enabled: true, failingSince: null });
  });

  it('that was given up is delivered again with the same id and body, behind what waits', async () => {
    const owner = await registerOwner(app);
    let isDown = true;
    receiver.answer('/again', (response) => response.writeHead(isDown ? 503 : 204).end());
    const { id } = await makeEndpoint(app, owner, `${receiver.url}/again`);
    const [messageId] = await enqueue(app, owner.accountId, 'credit.low_balance', lowBalances(3));
    await receiver.waitFor('/again', 1);
    relay.passSeconds(4 * 86_400);
    await receiver.waitFor('/again', 2);
    await eventually(async () => (await lists(owner, id, 'deliveries'))[0].status).toBe('failed');
    isDown = false;
    const [delivery] = await lists(owner, id, 'deliveries');
    const again = await call(owner, 'POST', `/${id}/deliveries/${delivery.id}/redeliver`, {});
    expect([again.status, again.body]).toEqual([
      200,
      expect.objectContaining({ status: 'pending', attempts: 0 }),
    ]);
    const requests = await receiver.waitFor('/again', 3);
    expect(new Set(idsOf(requests))).toEqual(new Set([messageId]));
    expect(new Set(requests.map(({ body }) => body)).size).toBe(1);
    await eventually(async () => (await lists(owner, id, 'deliveries'))[0].status).toBe('delivered');
  });
});

describe('an endpoint', () => {
  it('that answers 410 is disabled at once, and the account’s others are told', async () => {
    const owner = await registerOwner(app);
    receiver.answer('/gone', (response) => response.writeHead(410).end());
    const { id } = await makeEndpoint(app, owner, `${receiver.url}/gone`);
    await makeEndpoint(app, owner, `${receiver.url}/informed`, ['webhook_endpoint.disabled']);
    await enqueue(app, owner.accountId, 'credit.low_balance', lowBalances(3, 2, 1));
    const [message] = await receiver.waitFor('/informed', 1);
    expect(message && JSON.parse(message.body).data.endpointId).toBe(id);
    expect((await call(owner, 'GET', `/${id}`)).body).toMatchObject({
      enabled: false,
      disabledReason: 'gone',
    });
    const statuses = (await lists(owner, id, 'deliveries')).map(({ status }: { status: string }) => status);
    expect(statuses).toEqual(['failed', 'failed', 'failed']);
    expect(receiver.received.filter(({ path }) => path === '/gone')).toHaveLength(1);
  });

  it('is disabled when a message is given up after five days of failures, and no sooner', async () => {
    const owner = await registerOwner(app);
    receiver.answer('/dead', (response) => response.writeHead(500).end());
    const { id } = await makeEndpoint(app, owner, `${receiver.url}/dead`);
    await enqueue(app, owner.accountId, 'credit.low_balance', lowBalances(2));
    const attempted = (attempts: number) =>
      eventually(async () => (await lists(owner, id, 'attempts')).length).toBe(attempts);
    await attempted(1);
    relay.passSeconds(3 * 86_400 + 60);
    await attempted(2);
    await eventually(async () => (await lists(owner, id, 'deliveries'))[0].status).toBe('failed');
    expect((await call(owner, 'GET', `/${id}`)).body).toMatchObject({ enabled: true });
    await enqueue(app, owner.accountId, 'credit.low_balance', lowBalances(1));
    await attempted(3);
    relay.passSeconds(3 * 86_400 + 60);
    await eventually(async () => (await call(owner, 'GET', `/${id}`)).body).toMatchObject({
      enabled: false,
      disabledReason: 'failing',
    });
    const enabled = await call(owner, 'PATCH', `/${id}`, { enabled: true });
    expect(enabled.body).toMatchObject({ enabled: true, disabledReason: null, failingSince: null });
  });

  it('that is disabled or deleted gets nothing more, and what waited fails', async () => {
    const owner = await registerOwner(app);
    receiver.answer('/stopped', (response) => response.writeHead(500).end());
    const { id } = await makeEndpoint(app, owner, `${receiver.url}/stopped`);
    await enqueue(app, owner.accountId, 'credit.low_balance', lowBalances(2, 1));
    await receiver.waitFor('/stopped', 1);
    await eventually(async () => (await lists(owner, id, 'attempts')).length).toBe(1);
    const stopped = await call(owner, 'PATCH', `/${id}`, { enabled: false });
    expect(stopped.body).toMatchObject({ enabled: false, disabledReason: 'asked' });
    expect((await lists(owner, id, 'deliveries')).map(({ status }: { status: string }) => status)).toEqual([
      'failed',
      'failed',
    ]);
    await enqueue(app, owner.accountId, 'credit.low_balance', lowBalances(0));
    await makeEndpoint(app, owner, `${receiver.url}/after`);
    await enqueue(app, owner.accountId, 'credit.low_balance', lowBalances(9));
    await receiver.waitFor('/after', 1);
    expect(receiver.received.filter(({ path }) => path === '/stopped')).toHaveLength(1);
    expect((await call(owner, 'DELETE', `/${id}`)).status).toBe(204);
    expect((await call(owner, 'GET', `/${id}`)).status).toBe(404);
    const [row] = await app.database.query(
      'select secret, previous_secret from webhook_endpoint where id = $1',
      [id],
    );
    expect(row).toEqual({ secret: '', previous_secret: null });
  });

  it('gets a test that no other endpoint gets, whatever it asks for', async () => {
    const owner = await registerOwner(app);
    const { id } = await makeEndpoint(app, owner, `${receiver.url}/tested`, ['invoice.issued']);
    await makeEndpoint(app, owner, `${receiver.url}/untested`);
    const test = await call(owner, 'POST', `/${id}/test`, {});
    const [message] = await receiver.waitFor('/tested', 1);
    expect(message && [message.headers['webhook-id'], JSON.parse(message.body).type]).toEqual([
      test.body.messageId,
      'webhook_endpoint.test',
    ]);
    expect(receiver.received.filter(({ path }) => path === '/untested')).toEqual([]);
  });
});
