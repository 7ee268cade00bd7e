import { initTRPC } from '@trpc/server';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { RestMeta } from './meta.ts';
import { transportErrors } from './problem.ts';
import { restProcedures } from './procedures.ts';
import { type App, openStack, problemOf, send, sendJson } from './rest.fixture.ts';
import { router, transportProblem } from './router.fixture.ts';
import { registerRest } from './routes.ts';

let app: App;
beforeAll(async () => {
  app = await openStack();
});
afterAll(() => app.fastify.close());

describe('answers', () => {
  test('each method answers with its status', async () => {
    const created = await sendJson(app, 'POST', '/v1/sites', { name: 'n' });
    expect([created.status, JSON.parse(created.text)]).toEqual([201, { id: '1', name: 'n' }]);
    expect(created.headers['content-type']).toBe('application/json; charset=utf-8');
    expect((await sendJson(app, 'PATCH', '/v1/sites/7', { name: 'm' })).text).toBe('{"id":"7","name":"m"}');
    expect((await sendJson(app, 'PUT', '/v1/values', { count: 1 })).text).toBe('{"count":1}');
    const gone = await send(app, 'DELETE', '/v1/sites/7?force=true');
    expect([gone.status, gone.text]).toEqual([204, '']);
  });

  test('path parameters are decoded, and numbers among them converted', async () => {
    expect(JSON.parse((await send(app, 'GET', '/v1/sites/a%20b%2Fc')).text).id).toBe('a b/c');
    expect(JSON.parse((await send(app, 'GET', '/v1/sites/9/pages/12')).text)).toEqual({
      siteId: '9',
      number: 12,
    });
    expect(problemOf(await send(app, 'GET', '/v1/sites/9/pages/0x12')).status).toBe(400);
  });

  test('query strings are converted by type and nothing else', async () => {
    const answer = await send(app, 'GET', '/v1/sites?limit=10&active=false&word=12&ratio=-0.5');
    expect(JSON.parse(answer.text).seen).toEqual({ limit: 10, active: false, word: '12', ratio: -0.5 });
    expect(JSON.parse((await send(app, 'GET', '/v1/sites?word=a+b%26c')).text).seen).toEqual({
      word: 'a b&c',
    });
    expect((await send(app, 'GET', '/v1/sites?')).status).toBe(200);
  });

  test('a static path is not shadowed by a parameter, nor the reverse', async () => {
    expect(JSON.parse((await send(app, 'GET', '/v1/sites/mine')).text).id).toBe('mine');
    expect(JSON.parse((await send(app, 'GET', '/v1/sites/mines')).text).id).toBe('mines');
    expect(problemOf(await send(app, 'DELETE', '/v1/sites/mine')).status).toBe(405);
  });

  test.each([{}, { 'content-length': '0' }, { 'content-type': 'application/json' }])(
    'an empty POST is an empty object, whatever its type %j',
    async (headers) => {
      expect((await send(app, 'POST', '/v1/values', undefined, headers)).text).toBe('{}');
      expect((await send(app, 'POST', '/v1/sites/mine', undefined, headers)).text).toBe('{"left":true}');
      expect(problemOf(await send(app, 'POST', '/v1/sites', undefined, headers)).status).toBe(400);
    },
  );

  test('a procedure without meta has no route', async () => {
    expect(problemOf(await send(app, 'GET', '/v1/internal')).code).toBe('not_found');
  });

  test('each procedure with meta has its own route', async () => {
    for (const { name, route } of restProcedures(router)) {
      if (name === 'fault.wait') continue;
      const answer = await send(app, route.method, `/v1${route.path.replaceAll(/\{[^}]*\}/g, '5')}`);
      expect([name, answer.status === 404 || answer.status === 405]).toEqual([name, false]);
    }
  });
});

describe('methods and paths', () => {
  test.each(['PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND', 'QUERY'])(
    '%s /v1/sites is 405',
    async (method) => {
      app.steps.length = 0;
      const answer = await send(app, method, '/v1/sites', undefined, { 'content-type': 'text/plain' });
      expect([answer.status, answer.headers['allow'], app.steps]).toEqual([
        405,
        'GET, HEAD, OPTIONS, POST',
        [],
      ]);
      expect(problemOf(answer).code).toBe('method_not_allowed');
    },
  );

  test('OPTIONS tells the methods, and HEAD answers a GET without its body', async () => {
    app.steps.length = 0;
    const options = await send(app, 'OPTIONS', '/v1/sites');
    expect([options.status, options.headers['allow'], app.steps]).toEqual([
      204,
      'GET, HEAD, OPTIONS, POST',
      [],
    ]);
    const head = await send(app, 'HEAD', '/v1/sites');
    const get = await send(app, 'GET', '/v1/sites');
    expect([head.status, head.text, head.headers['content-length']]).toEqual([
      200,
      '',
      get.headers['content-length'],
    ]);
    expect((await send(app, 'HEAD', '/v1/values')).status).toBe(405);
  });

  test.each([
    '/v1/Sites',
    '/V1/sites',
    '/v1/sites/',
    '/v1//sites',
    '//v1/sites',
    '/v1/sites/1/',
    '/v1/sites/1/pages/',
    '/v1',
    '/nope',
  ])('%s is 404', async (path) => {
    expect(problemOf(await send(app, 'GET', path)).code).toBe('not_found');
    expect(problemOf(await send(app, 'POST', path, 'x', { 'content-type': 'text/plain' })).code).toBe(
      'not_found',
    );
  });

  test('a malformed escape in the path is 400 and an overlong parameter 404, as problems', async () => {
    expect(problemOf(await send(app, 'GET', '/v1/sites/%zz')).code).toBe('invalid_input');
    expect(problemOf(await send(app, 'GET', `/v1/sites/${'a'.repeat(200)}`)).code).toBe('not_found');
  });
});

describe('registration refuses', () => {
  const t = initTRPC.meta<RestMeta>().create();
  const at = (path: string, method: 'GET' | 'POST' = 'GET') =>
    t.procedure.meta({ rest: { method, path, summary: 's' } });
  const id = z.strictObject({ id: z.string(), other: z.string() });
  const register =
    (given: ReturnType<typeof t.router>, options = {}) =>
    () =>
      registerRest(Fastify(options), {
        router: given,
        prefix: '/v1',
        errors: transportErrors(transportProblem),
        createContext: async () => ({}),
      });

  test('a malformed path, a parameter without a key, two of one URL, no input schema, a subscription, a folding server', () => {
    expect(
      register(
        t.router({
          a: at('sites')
            .input(id)
            .query(() => 1),
        }),
      ),
    ).toThrow(/not well formed/);
    expect(
      register(
        t.router({
          a: at('/sites/')
            .input(id)
            .query(() => 1),
        }),
      ),
    ).toThrow(/not well formed/);
    expect(
      register(
        t.router({
          a: at('/{id}/{id}')
            .input(id)
            .query(() => 1),
        }),
      ),
    ).toThrow(/twice/);
    expect(
      register(
        t.router({
          a: at('/{missing}')
            .input(id)
            .query(() => 1),
        }),
      ),
    ).toThrow(/lacks the path parameter/);
    const twice = t.router({
      a: at('/x/{id}')
        .input(id)
        .query(() => 1),
      b: at('/x/{other}')
        .input(id)
        .query(() => 1),
    });
    expect(register(twice)).toThrow(/both stand at/);
    expect(register(t.router({ a: at('/x').query(() => 1) }))).toThrow(/no input schema/);
    const stream = t.router({
      a: at('/x').subscription(async function* () {
        yield 1;
      }),
    });
    expect(register(stream)).toThrow(/subscription/);
    expect(register(t.router({}), { routerOptions: { ignoreTrailingSlash: true } })).toThrow(/literally/);
    expect(register(t.router({}), { routerOptions: { caseSensitive: false } })).toThrow(/literally/);
  });
});
