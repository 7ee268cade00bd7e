import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStack, send, sendJson, type App } from './rest.fixture.ts';

let app: App;
beforeAll(async () => {
  app = await openStack();
});
afterAll(() => app.fastify.close());

const wrong: readonly (readonly [string, unknown])[] = [
  ...['12', '', '0x10', '1e3', true, null, [7], {}, 1.5, 2 ** 53].map((value) => ['count', value] as const),
  ...['1.5', '', false, null, [1], {}].map((value) => ['ratio', value] as const),
  ...['true', 'false', '', 0, 1, null, [true]].map((value) => ['flag', value] as const),
  ...[7, true, null, ['a'], {}].map((value) => ['name', value] as const),
  ...['1', 1, ['1'], [null], { 0: 1 }].map((value) => ['list', value] as const),
];
const right = { count: 1, ratio: 0.5, flag: false, name: '7', list: [1] };

test('wrong-typed values get one verdict by tRPC and REST, before and after REST traffic', async () => {
  expect(wrong.length).toBeGreaterThanOrEqual(30);
  const byTrpc = async (): Promise<number[]> => {
    const verdicts: number[] = [];
    for (const [key, value] of wrong) {
      verdicts.push((await sendJson(app, 'POST', '/trpc/value.put', { [key]: value })).status);
    }
    return verdicts;
  };
  const before = await byTrpc();
  const byRest: number[] = [];
  for (const [key, value] of wrong) {
    byRest.push((await sendJson(app, 'PUT', '/v1/values', { [key]: value })).status);
  }
  await send(app, 'GET', '/v1/sites?limit=10&active=true');
  expect(before).toEqual(wrong.map(() => 400));
  expect(byRest).toEqual(before);
  expect(await byTrpc()).toEqual(before);
});

test('a query that REST converts stays strict over tRPC', async () => {
  expect((await send(app, 'GET', '/v1/sites?limit=10&active=true')).status).toBe(200);
  const input = encodeURIComponent(JSON.stringify({ limit: '10' }));
  expect((await send(app, 'GET', `/trpc/site.list?input=${input}`)).status).toBe(400);
});

test('right-typed values pass by both', async () => {
  expect((await sendJson(app, 'POST', '/trpc/value.put', right)).status).toBe(200);
  expect(JSON.parse((await sendJson(app, 'PUT', '/v1/values', right)).text)).toEqual(right);
});
