import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type App, openStack, problemOf, send } from './rest.fixture.ts';
import { aborted, changes } from './router.fixture.ts';

let app: App;
beforeAll(async () => {
  app = await openStack();
});
afterAll(() => app.fastify.close());

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
