import { request as httpRequest } from 'node:http';
import { type Service, type VerifyTerms, createService } from '@tenantry/client/server';
import { type TestApp, openTestApp } from '@tenantry/testing/app';
import { type RunningProxy, startProxy } from '@tenantry/testing/proxy';
import { insertServiceKey, nameExternally } from '@tenantry/testing/service-keys';
import { type Owner, makeKey, registerOwner } from '@tenantry/testing/users';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Product, frameworkNames, frameworks } from './products.fixture.ts';

let app: TestApp;
let proxy: RunningProxy;
let serviceKey: string;
let service: Service;
let owner: Owner;
let key: string;
const faults: unknown[] = [];
beforeAll(async () => {
  app = await openTestApp();
  proxy = await startProxy(app.url);
  serviceKey = (await insertServiceKey(app)).secret;
  service = createService({
    url: proxy.url,
    serviceKey,
    verifySecondsMax: 1,
    onFault: (fault) => faults.push(fault),
  });
});
afterAll(async () => {
  await proxy.stop();
  await app.close();
});
beforeEach(async () => {
  owner = await registerOwner(app);
  key = await makeKey(app, owner, ['credit:spend', 'operation:run']);
  faults.length = 0;
});

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const credits = async () => (await app.rest('GET', '/v1/credits', { bearer: owner.token })).body;
const entries = async () =>
  (await app.rest('GET', '/v1/credits/entries', { bearer: owner.token })).body.items;
const problem = async (answer: Response) => ({
  status: answer.status,
  type: answer.headers.get('content-type'),
  body: await answer.json(),
});

describe.each(frameworkNames)('a product on %s', (name) => {
  const products: Product[] = [];
  const open = async (terms: VerifyTerms, by: Service = service): Promise<Product> => {
    const product = await frameworks[name](by, terms);
    products.push(product);
    return product;
  };
  afterEach(async () => {
    proxy.setMode('pass');
    await Promise.all(products.splice(0).map((product) => product.stop()));
  });
  const held: VerifyTerms = { scope: 'operation:run', hold: { amount: 20 } };

  it('serves a customer whose key may, and charges what the work used', async () => {
    const product = await open(held);
    const answer = await product.call(bearer(key));
    expect([answer.status, await answer.json()]).toEqual([200, { accountId: owner.accountId, charged: 3 }]);
    expect(await credits()).toMatchObject({ available: 997, held: 0, spent: 3 });
  });

  it('refuses by plan, by scope and by credits, with the figures, and holds nothing', async () => {
    const unfeatured = await open({ feature: 'reports' });
    expect(await problem(await unfeatured.call(bearer(key)))).toMatchObject({
      status: 402,
      type: expect.stringContaining('application/problem+json'),
      body: { status: 402, code: 'plan_lacks_feature', title: 'Payment Required' },
    });
    const unscoped = await open({ scope: 'member:read' });
    expect(await problem(await unscoped.call(bearer(key)))).toMatchObject({
      status: 403,
      body: { code: 'scope_missing' },
    });
    const costly = await open({ hold: { amount: 1001 } });
    expect(await problem(await costly.call(bearer(key)))).toMatchObject({
      status: 402,
      body: { code: 'insufficient_credits', required: 1001, available: 1000 },
    });
    expect(await credits()).toMatchObject({ available: 1000, held: 0 });
  });

  it('refuses whatever is not one credential of a customer, without an error of its own', async () => {
    const product = await open({});
    for (const headers of [
      {},
      bearer('x'),
      bearer(''),
      bearer('x'.repeat(9000)),
      bearer(serviceKey),
      bearer(`${key}, Bearer ${key}`),
      { authorization: `Basic ${key}` },
      { 'x-api-key': key },
      { cookie: 'tenantry=x' },
    ]) {
      const answer = await product.call(headers);
      expect(answer.status, JSON.stringify(headers).slice(0, 60)).toBe(401);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      expect(await answer.json()).toMatchObject({ code: 'unauthenticated' });
    }
    expect(faults).toEqual([]);
  });

  it('takes the account that its route names, whatever the header of a request says', async () => {
    const other = await registerOwner(app);
    await nameExternally(app, owner.accountId, `route-${owner.accountId}`);
    for (const named of [{ account: owner.accountId }, { externalAccount: `route-${owner.accountId}` }]) {
      const product = await open(named);
      for (const header of ['not-an-id', other.accountId]) {
        const answer = await product.call({ ...bearer(owner.token), 'tenantry-account': header });
        expect(await answer.json()).toEqual({ accountId: owner.accountId, charged: 0 });
      }
      const refused = await problem(await product.call(bearer(other.token)));
      expect(refused).toMatchObject({
        status: 404,
        body: { code: 'not_found', requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      });
    }
  });

  it('takes the account that a person names, and refuses one that they do not belong to', async () => {
    const product = await open({});
    const other = await registerOwner(app);
    const as = (account: string) => product.call({ ...bearer(owner.token), 'tenantry-account': account });
    expect(await (await as(owner.accountId)).json()).toEqual({ accountId: owner.accountId, charged: 0 });
    expect(await problem(await as(other.accountId))).toMatchObject({
      status: 404,
      body: { code: 'not_found' },
    });
    expect(await problem(await as('customer-1'))).toMatchObject({
      status: 400,
      body: { code: 'invalid_input', errors: [{ path: 'Tenantry-Account' }] },
    });
  });

  it('holds once when the answer to the verification is lost', async () => {
    const product = await open(held);
    proxy.setMode('cut_before_response', 1);
    expect((await product.call(bearer(key))).status).toBe(200);
    const holds = (await entries()).filter(({ kind }: { kind: string }) => kind === 'hold');
    expect(holds.length).toBe(1);
    expect(await credits()).toMatchObject({ available: 997, held: 0 });
  });

  it('refuses with 503 when the API does not answer: nobody is let through unverified', async () => {
    const product = await open({});
    proxy.setMode('cut_before_response');
    const answer = await product.call(bearer(key));
    expect([answer.status, Number(answer.headers.get('retry-after'))]).toEqual([503, 1]);
    expect(await answer.json()).toMatchObject({ code: 'unavailable' });
    expect(faults.length).toBe(1);
  });

  it('fails when its own service key is refused, and tells no customer that their key is wrong', async () => {
    const unscoped = (await insertServiceKey(app, { scopes: ['credit:spend'] })).secret;
    for (const wrong of [unscoped, 'tns_live_x', key]) {
      const product = await open({}, createService({ url: app.url, serviceKey: wrong }));
      const status = await product.call(bearer(key)).then(
        (answer) => answer.status,
        () => 'threw',
      );
      expect(status).toBe(name === 'Next.js' ? 'threw' : 500);
    }
  });

  it('knows the address of the client where the framework tells it', async () => {
    const listed = await makeKey(app, owner, ['credit:spend'], { allowedAddresses: ['127.0.0.1'] });
    const isNamed = name === 'Express' || name === 'Fastify';
    expect((await (await open({})).call(bearer(listed))).status).toBe(isNamed ? 200 : 401);
    expect((await (await open({ address: '127.0.0.1' })).call(bearer(listed))).status).toBe(200);
    expect((await (await open({ address: '192.0.2.7' })).call(bearer(listed))).status).toBe(401);
  });

  it('refuses two Authorization headers', async () => {
    const product = await open({});
    const { url } = product;
    const status =
      url === undefined
        ? (
            await product.call(
              new Headers([
                ['authorization', `Bearer ${key}`],
                ['authorization', `Bearer ${key}`],
              ]),
            )
          ).status
        : await new Promise((answered, failed) => {
            const headers = [
              'content-length',
              '0',
              'host',
              'product.test',
              'authorization',
              `Bearer ${key}`,
              'authorization',
              `Bearer ${key}`,
            ];
            httpRequest(`${url}/articles`, { method: 'POST', headers }, (answer) => {
              answer.resume();
              answered(answer.statusCode);
            })
              .on('error', failed)
              .end();
          });
    expect(status).toBe(401);
  });
});

describe('a verification with a hold', () => {
  const request = () => new Request('http://product.test/', { headers: bearer(key) });
  const accepted = async (terms: VerifyTerms) => {
    const verdict = await service.verify(request(), terms);
    if (!verdict.valid) throw new Error(verdict.problem.detail);
    return verdict;
  };

  it('gives everything back when the work throws, and throws the same error', async () => {
    const verdict = await accepted({ hold: { amount: 20 } });
    const fault = new Error('The model is down.');
    await expect(verdict.work(async () => Promise.reject(fault))).rejects.toBe(fault);
    expect(await credits()).toMatchObject({ available: 1000, held: 0, spent: 0 });
  });

  it('runs no work without a hold', async () => {
    const verdict = await accepted({});
    expect(() => verdict.work(async () => ({ value: 1, amount: 1 }))).toThrow('ask for no hold');
  });

  it('is named by the customer, and settled by the service key on behalf of them', async () => {
    const verdict = await accepted({ hold: { amount: 20 } });
    await verdict.work(async () => ({ value: 1, amount: 3 }));
    const actors = (await entries()).map(({ kind, actor }: { kind: string; actor: string }) => [kind, actor]);
    expect(actors).toContainEqual(['hold', expect.stringMatching(/^api_key:/)]);
    expect(actors).toContainEqual(['settle', expect.stringMatching(/^service_key:/)]);
  });

  it('is the same one for the same idempotency key', async () => {
    const terms = { hold: { amount: 20 }, idempotencyKey: 'one' };
    const [first, second] = [await accepted(terms), await accepted(terms)];
    expect(second.hold?.id).toBe(first.hold?.id);
    expect(await credits()).toMatchObject({ held: 20 });
  });
});

describe('a rate of the plan', () => {
  it('is counted for the customer, who learns when to try again', async () => {
    const throttled = await app.openAnother({ throttle: 'on' });
    try {
      const limited = createService({ url: throttled.url, serviceKey });
      const request = new Request('http://product.test/', { headers: bearer(key) });
      const terms: VerifyTerms = { throttle: { scope: 'ai_function', cost: 6 } };
      expect((await limited.verify(request, terms)).valid).toBe(true);
      const refused = await limited.verify(request, terms);
      if (refused.valid) throw new Error('The rate was not counted.');
      const answer = refused.response();
      expect([answer.status, refused.problem.code]).toEqual([429, 'throttled']);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    } finally {
      await throttled.close();
    }
  });
});

describe('the backend of a product, for a named account', () => {
  it('runs work on the credits of an account, by its id or its external id', async () => {
    await nameExternally(app, owner.accountId, `customer-${owner.accountId}`);
    for (const account of [{ accountId: owner.accountId }, { externalId: `customer-${owner.accountId}` }]) {
      const { hold } = await service.withCredits(
        { ...account, onBehalfOf: 'user-7' },
        { amount: 20 },
        async () => ({ value: 1, amount: 4 }),
      );
      expect(hold).toMatchObject({ status: 'settled', settledAmount: 4 });
    }
    expect(await credits()).toMatchObject({ available: 992, held: 0, spent: 8 });
    expect((await entries())[0]).toMatchObject({ actor: expect.stringMatching(/^service_key:/) });
  });

  it('reads and changes an account with a typed client', async () => {
    const client = service.client({ accountId: owner.accountId });
    expect((await client.account.get.query()).id).toBe(owner.accountId);
    expect((await client.site.create.mutate({ name: 'Blog' })).name).toBe('Blog');
  });

  it('is refused for an account that does not exist', async () => {
    const work = service.withCredits({ externalId: 'nobody' }, { amount: 1 }, async () => ({
      value: 1,
      amount: 1,
    }));
    await expect(work).rejects.toMatchObject({ data: { status: 404, code: 'not_found' } });
  });
});
