import { request as httpRequest } from 'node:http';
import { initTRPC } from '@trpc/server';
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { RestMeta } from './meta.ts';
import {
  aborted,
  changes,
  openStack,
  problemTypePrefix,
  router,
  send,
  sendJson,
  type Answer,
  type App,
} from './rest.fixture.ts';
import { transportErrors } from './problem.ts';
import { restProcedures } from './procedures.ts';
import { registerRest } from './routes.ts';

let app: App;
beforeAll(async () => {
  app = await openStack();
});
afterAll(() => app.fastify.close());

function problemOf(answer: Answer): {
  code: string;
  status: number;
  errors?: { path: string; message: string }[];
} {
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  const problem = JSON.parse(answer.text);
  expect(problem).toMatchObject({ status: answer.status, requestId: 'request-1' });
  expect(problem.type).toBe(`${problemTypePrefix}${problem.code}`);
  return problem;
}

const json = { 'content-type': 'application/json' };

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

  test.each([{}, { 'content-length': '0' }])(
    'an empty POST without a type is an empty object %j',
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

describe('query refusals', () => {
  test.each([
    'limit=0x10',
    'limit=1e3',
    'limit=',
    'limit=%201',
    'limit=1.5',
    'limit=01',
    'limit=+1',
    'limit=null',
    'limit',
    'active=1',
    'active=TRUE',
    'active=',
    'active=yes',
    'ratio=Infinity',
    'ratio=.5',
    'ratio=5.',
    'ratio=NaN',
    'other=1',
    '=1',
    '__proto__=x',
    'constructor=x',
    'toString=x',
    'hasOwnProperty=x',
    'limit[]=1',
    'limit[a]=1',
    'limit=1&limit=1',
    'limit=1&lim%69t=2',
    '__proto__=x&__proto__=y',
    'word=%zz',
    'word=%ff',
    'Limit=1',
  ])('%s', async (query) => {
    const problem = problemOf(await send(app, 'GET', `/v1/sites?${query}`));
    expect(problem.status).toBe(400);
    expect(problem.errors?.length).toBeGreaterThan(0);
  });

  test('a query names no path parameter and accompanies no body', async () => {
    expect(problemOf(await send(app, 'GET', '/v1/sites/1?siteId=2')).status).toBe(400);
    expect(problemOf(await send(app, 'POST', '/v1/sites?name=a', '{"name":"b"}', json)).status).toBe(400);
  });

  test('a procedure without a schema takes no query and no body, and then does nothing', async () => {
    changes.length = 0;
    expect(problemOf(await send(app, 'GET', '/v1/sites/mine?a=1')).errors?.[0]?.path).toBe('a');
    expect(problemOf(await send(app, 'POST', '/v1/sites/mine?a=1')).status).toBe(400);
    expect(problemOf(await sendJson(app, 'POST', '/v1/sites/mine', { a: 1 })).status).toBe(400);
    expect(changes).toEqual([]);
  });
});

describe('body refusals', () => {
  test.each(['[]', 'null', '7', '"text"', '[{"name":"a"}]', 'true'])('a body of %s', async (body) => {
    expect(problemOf(await send(app, 'POST', '/v1/sites', body, json)).status).toBe(400);
  });

  test.each(['{', '', '{"name":"a"}x', '{"__proto__":{"name":"a"},"name":"b"}', "{'name':'a'}"])(
    'malformed JSON %j is refused before the gate',
    async (body) => {
      app.steps.length = 0;
      const problem = problemOf(await send(app, 'POST', '/v1/sites', body, json));
      expect([problem.status, problem.code, app.steps]).toEqual([400, 'invalid_input', []]);
    },
  );

  test('a body repeats no path parameter', async () => {
    const answer = await sendJson(app, 'PATCH', '/v1/sites/1', { siteId: '2', name: 'a' });
    expect(problemOf(answer).errors?.[0]?.path).toBe('siteId');
    expect((await sendJson(app, 'PATCH', '/v1/sites/1', { siteId: '1', name: 'a' })).status).toBe(400);
  });

  test('unknown keys and coerced values', async () => {
    expect((await sendJson(app, 'POST', '/v1/sites', { name: 'a', constructor: 1 })).status).toBe(400);
    expect((await sendJson(app, 'POST', '/v1/sites', { name: 7 })).status).toBe(400);
  });

  test.each([
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    undefined,
  ])('a body of type %s is 415', async (type) => {
    app.steps.length = 0;
    const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
    const problem = problemOf(await send(app, 'POST', '/v1/sites', '{"name":"a"}', headers));
    expect([problem.status, problem.code, app.steps]).toEqual([415, 'unsupported_media_type', []]);
  });

  test('a body above the limit is 413', async () => {
    const answer = await sendJson(app, 'POST', '/v1/sites', { name: 'a'.repeat(2000) });
    expect(problemOf(answer).code).toBe('payload_too_large');
  });

  test('GET and DELETE take no body', async () => {
    changes.length = 0;
    expect(problemOf(await send(app, 'GET', '/v1/sites', '{"limit":1}', json)).status).toBe(400);
    expect(problemOf(await send(app, 'DELETE', '/v1/sites/1', '{"force":true}', json)).status).toBe(400);
    expect(changes).toEqual([]);
  });
});

describe('order', () => {
  test('the gate refuses before the input is looked at', async () => {
    const anonymous = (method: string, path: string, body?: string): Promise<Answer> =>
      new Promise((done, fail) => {
        const headers = body === undefined ? {} : { ...json, 'content-length': String(body.length) };
        const request = httpRequest(
          { host: '127.0.0.1', port: app.port, method, path, agent: false, headers },
          (response) => {
            let text = '';
            response.on('data', (chunk: Buffer) => (text += chunk.toString()));
            response.on('end', () =>
              done({ status: response.statusCode ?? 0, headers: response.headers, text }),
            );
          },
        );
        request.on('error', fail);
        request.end(body);
      });
    expect((await anonymous('GET', '/v1/sites?limit=x&limit=y')).status).toBe(401);
    expect((await anonymous('POST', '/v1/sites', '[]')).status).toBe(401);
    expect((await anonymous('POST', '/v1/sites/mine?x=1')).status).toBe(401);
    expect((await anonymous('POST', '/v1/sites', '{')).status).toBe(400);
  });

  test('the gate runs once for a call, with and without a schema', async () => {
    app.steps.length = 0;
    await send(app, 'GET', '/v1/sites');
    await send(app, 'GET', '/v1/sites/mine');
    expect(app.steps).toEqual(['gate', 'gate']);
  });
});

describe('methods and paths', () => {
  test.each(['HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY'])(
    '%s /v1/sites is 405',
    async (method) => {
      app.steps.length = 0;
      const answer = await send(app, method, '/v1/sites', undefined, { 'content-type': 'text/plain' });
      expect([answer.status, answer.headers['allow'], app.steps]).toEqual([405, 'GET, POST', []]);
      if (method !== 'HEAD') expect(problemOf(answer).code).toBe('method_not_allowed');
    },
  );

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

describe('faults', () => {
  test('a fault is told to onFault once and to the client not at all', async () => {
    app.faults.length = 0;
    const answer = await send(app, 'GET', '/v1/faults');
    expect(problemOf(answer).status).toBe(500);
    expect(answer.text).not.toContain('secret_table');
    expect(app.faults).toEqual(['select * from secret_table']);
  });

  test('a context that cannot be made and an answer that cannot be printed are faults too', async () => {
    app.faults.length = 0;
    const broken = await send(app, 'GET', '/v1/sites', undefined, { 'x-break': '1' });
    expect([broken.status, broken.text.includes('broke')]).toEqual([500, false]);
    expect((await send(app, 'GET', '/v1/faults/unprintable')).status).toBe(500);
    expect(app.faults).toHaveLength(2);
  });

  test('a refusal is no fault, and a wait is a Retry-After', async () => {
    app.faults.length = 0;
    const answer = await send(app, 'GET', '/v1/faults/throttled');
    expect([problemOf(answer).status, answer.headers['retry-after'], app.faults]).toEqual([429, '7', []]);
  });

  test('an unknown error outside the routes says only the request id', async () => {
    const answer = await send(app, 'GET', '/broken');
    expect(problemOf(answer)).toMatchObject({ status: 500, code: 'internal_error' });
    expect(answer.text).not.toContain('hunter2');
  });

  test('the signal fires when the client leaves, and not before', async () => {
    changes.length = 0;
    const path = '/v1/faults/wait';
    const request = httpRequest({
      host: '127.0.0.1',
      port: app.port,
      method: 'POST',
      path,
      agent: false,
      headers: { authorization: 'a' },
    });
    request.on('error', () => undefined);
    request.end();
    await expect.poll(() => changes).toEqual(['waiting']);
    request.destroy();
    await aborted.promise;
    expect((await send(app, 'POST', '/v1/faults/signal')).text).toBe('{"aborted":false}');
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
        errors: transportErrors(problemTypePrefix),
        createContext: async () => ({}),
      });

  test('a malformed path, a parameter without a key, two of one URL, a subscription, a folding server', () => {
    expect(register(t.router({ a: at('sites').query(() => 1) }))).toThrow(/not well formed/);
    expect(register(t.router({ a: at('/sites/').query(() => 1) }))).toThrow(/not well formed/);
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
