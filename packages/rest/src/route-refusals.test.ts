import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type App, openStack, problemOf, send, sendJson } from './rest.fixture.ts';
import { changes } from './router.fixture.ts';

let app: App;
beforeAll(async () => {
  app = await openStack();
});
afterAll(() => app.fastify.close());

const json = { 'content-type': 'application/json' };

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

  test.each(['{', '{"name":"a"}x', '{"__proto__":{"name":"a"},"name":"b"}', "{'name':'a'}"])(
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
