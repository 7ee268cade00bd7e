import { webhookMessage } from '@tenantry/contract/webhook-message';
import { type TestApp, openTestApp } from '@tenantry/testing/app';
import { registerOwner } from '@tenantry/testing/users';
import { enqueue, lowBalances, makeEndpoint } from '@tenantry/testing/webhook/endpoints';
import { type Receiver, openReceiver } from '@tenantry/testing/webhook/receiver';
import { type TestRelay, openTestRelay } from '@tenantry/testing/webhook/relay';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTenantry } from './run.fixture.ts';

let app: TestApp;
let receiver: Receiver;
let relay: TestRelay;
beforeAll(async () => {
  app = await openTestApp();
  receiver = await openReceiver();
  relay = await openTestRelay(app.database);
});
afterAll(async () => {
  await relay.close();
  await receiver.close();
  await app.close();
});

const settings = () => ({
  MODE: 'demo',
  MIGRATION_DATABASE_URL: app.database.url('tenantry_owner'),
  SECOND_FACTOR_KEYS: `test:${'s'.repeat(32)}`,
  WEBHOOK_LOOPBACK: 'allow',
});
const endpoint = (...words: string[]) => runTenantry(['webhook-endpoint', ...words], settings());
const make = async (...more: string[]) => {
  const { code, text } = await endpoint('create', ...more);
  expect(code, text).toBe(0);
  const [, secret = '', id = ''] = /^Secret {2}(\S+)\nId {6}(\S+)$/m.exec(text) ?? [];
  return { secret, id };
};
const idsAt = async (path: string, count: number) =>
  (await receiver.waitFor(path, count)).map(({ headers }) => headers['webhook-id']);

describe('tenantry webhook-endpoint', () => {
  it('makes an endpoint that gets the messages of every account, and lists it without its secret', async () => {
    const { secret, id } = await make(
      `${receiver.url}/operator`,
      '--events',
      'credit.low_balance',
      'account.closed',
    );
    const listed = (await endpoint('list')).text;
    expect(listed).toContain(`${id}\t${receiver.url}/operator\tcredit.low_balance,account.closed\tenabled`);
    expect(listed).not.toContain(secret.slice(6));
    const [one, other] = [await registerOwner(app), await registerOwner(app)];
    const first = await enqueue(app, one.accountId, 'credit.low_balance', lowBalances(1));
    await enqueue(app, one.accountId, 'account.suspended', [{}]);
    const second = await enqueue(app, other.accountId, 'credit.low_balance', lowBalances(2));
    expect(new Set(await idsAt('/operator', 2))).toEqual(new Set([...first, ...second]));
    // No tenant sees the operator's endpoint, its deliveries or its attempts.
    const read = (path: string) => app.rest('GET', `/v1/webhook-endpoints${path}`, { bearer: one.token });
    expect((await read('')).body.items).toEqual([]);
    for (const path of [`/${id}`, `/${id}/deliveries`, `/${id}/attempts`])
      expect((await read(path)).status).toBe(404);
  });

  it('holds up one account alone with a message that the endpoint rejects', async () => {
    receiver.answer('/picky', (response, { body }) =>
      response.writeHead(JSON.parse(body).data.available === 13 ? 500 : 204).end(),
    );
    await make(`${receiver.url}/picky`, '--events', 'credit.low_balance');
    const [held, free] = [await registerOwner(app), await registerOwner(app)];
    await enqueue(app, held.accountId, 'credit.low_balance', lowBalances(13, 2));
    const ids = await enqueue(app, free.accountId, 'credit.low_balance', lowBalances(3, 4));
    await expect
      .poll(
        () =>
          receiver.received
            .filter(({ path, body }) => path === '/picky' && body.includes(free.accountId))
            .map(({ headers }) => headers['webhook-id']),
        { timeout: 10_000 },
      )
      .toEqual(ids);
    expect(
      receiver.received.filter(({ path, body }) => path === '/picky' && body.includes('"available":2')),
    ).toEqual([]);
  });

  it('rotates a secret, disables, enables and deletes an endpoint, each with a security event', async () => {
    const { secret, id } = await make(`${receiver.url}/switched`, '--events', 'credit.low_balance');
    const rotated = await endpoint('rotate', id, '--overlap', '60');
    expect(/whsec_\S+/.exec(rotated.text)?.[0]).not.toBe(secret);
    const owner = await registerOwner(app);
    expect((await endpoint('disable', id)).text).toContain('is disabled');
    await enqueue(app, owner.accountId, 'credit.low_balance', lowBalances(1));
    await idsAt('/operator', 3);
    expect((await endpoint('enable', id)).code).toBe(0);
    const again = await enqueue(app, owner.accountId, 'credit.low_balance', lowBalances(2));
    expect(await idsAt('/switched', 1)).toEqual(again);
    expect((await endpoint('delete', id)).code).toBe(0);
    expect((await endpoint('list')).text).not.toContain(id);
    const events = await app.database.query(
      "select action from security_event where facts->>'subject' = $1 order by id",
      [id],
    );
    expect(events.map(({ action }) => action)).toEqual(
      ['create', 'rotate', 'disable', 'enable', 'delete'].map((verb) => `webhookEndpoint.${verb}`),
    );
  });

  it('has a test sent to that endpoint alone, and says what it answered', async () => {
    const { secret, id } = await make(`${receiver.url}/tested`, '--events', 'account.closed');
    const before = (await receiver.waitFor('/operator', 0)).length;
    const asked = await endpoint('test', id);
    expect(asked.text).toMatch(/^The test [\da-f-]{36} was delivered, 204, \d+ ms\.$/);
    const [message] = await receiver.waitFor('/tested', 1);
    const headers = Object.fromEntries(
      Object.entries(message?.headers ?? {}).map(([name, value]) => [name, String(value)]),
    );
    expect(asked.text).toContain(headers['webhook-id'] ?? 'none');
    expect(webhookMessage.parse(new Webhook(secret).verify(message?.body ?? '', headers))).toMatchObject({
      type: 'webhook_endpoint.test',
      accountId: null,
      data: { endpointId: id },
    });
    expect(receiver.received.filter(({ path }) => path === '/operator')).toHaveLength(before);
    receiver.answer('/tested', (response) => response.writeHead(503).end('busy'));
    expect(await endpoint('test', id)).toMatchObject({
      code: 1,
      text: expect.stringMatching(/failed: rejected, 503, \d+ ms, busy\./),
    });
    await endpoint('disable', id);
    expect(await endpoint('test', id)).toMatchObject({
      code: 1,
      text: expect.stringContaining('is disabled'),
    });
    expect(receiver.received.filter(({ path }) => path === '/tested')).toHaveLength(2);
  });

  it('encrypts every secret with the newest key, and the relay signs on', async () => {
    const owner = await registerOwner(app);
    const own = await makeEndpoint(app, owner, `${receiver.url}/resealed`, ['credit.low_balance']);
    const keys = `new:${'n'.repeat(32)},test:${'s'.repeat(32)}`;
    const words = ['webhook-endpoint', 'reseal'];
    const resealed = await runTenantry(words, { ...settings(), SECOND_FACTOR_KEYS: keys });
    expect(resealed.text).toMatch(/^The secrets of [1-9]\d* endpoints were sealed/);
    const sealed = await app.database.query(
      'select secret from webhook_endpoint where deleted_at is null union all select secret from operator_webhook_endpoint where deleted_at is null',
    );
    expect(sealed.filter(({ secret }) => !String(secret).startsWith('new.'))).toEqual([]);
    const again = await runTenantry(words, { ...settings(), SECOND_FACTOR_KEYS: keys });
    expect(again.text).toContain('The secrets of 0 endpoints');
    // Without the key that sealed them the secrets cannot be read.
    expect(await runTenantry(words, settings())).toMatchObject({ code: 1 });
    const both = [{ id: 'new', secret: 'n'.repeat(32) }];
    await relay.close();
    relay = await openTestRelay(app.database, { keys: both });
    await enqueue(app, owner.accountId, 'credit.low_balance', lowBalances(7));
    const [message] = await receiver.waitFor('/resealed', 1);
    const headers = Object.fromEntries(
      Object.entries(message?.headers ?? {}).map(([name, value]) => [name, String(value)]),
    );
    expect(new Webhook(own.secret).verify(message?.body ?? '', headers)).toMatchObject({
      data: { available: 7 },
    });
  });

  it.each([
    [['create', 'http://hooks.example.com/'], 'https://'],
    [['create', 'https://10.0.0.1/'], 'host of the internet'],
    [['create', 'https://hooks.example.com/', '--events', 'nothing.known'], 'events'],
    [['rotate', 'nonsense'], 'endpointId'],
    [['disable', '0198f000-0000-7000-8000-00000000ffff'], 'no such webhook endpoint'],
    [['test', '0198f000-0000-7000-8000-00000000ffff'], 'no such webhook endpoint'],
    [['test', 'nonsense'], 'endpointId'],
    [['delete', '0198f000-0000-7000-8000-00000000ffff'], 'no such webhook endpoint'],
  ])('refuses %j and says why', async (words, text) => {
    const { code, text: said } = await endpoint(...words);
    expect([code, said]).toEqual([1, expect.stringContaining(text)]);
  });
});
