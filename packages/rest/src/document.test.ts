import { initTRPC } from '@trpc/server';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { makeDocument } from './document.ts';
import { isJsonObject } from './json-schema.ts';
import type { RestMeta } from './meta.ts';
import { restProcedures } from './procedures.ts';
import { router } from './rest.fixture.ts';

const options = { router, title: 'App', version: '1', serverUrl: 'https://api.test/v1' };
const document = makeDocument(options);

test('each procedure with meta is one operation, named like the procedure', () => {
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  const names = restProcedures(router).map(({ name }) => name);
  expect(operations.map((operation) => String(operation['operationId'])).toSorted()).toEqual(
    names.toSorted(),
  );
  expect(names).not.toContain('internal');
});

test('parameters, body, success and refusal of an operation', () => {
  expect(document.paths['/sites/{siteId}']?.['patch']).toMatchObject({
    operationId: 'site.update',
    parameters: [
      { name: 'siteId', in: 'path', required: true, schema: { type: 'string' } },
      { $ref: '#/components/parameters/TenantryAccount' },
    ],
    requestBody: {
      required: true,
      content: { 'application/json': { schema: { additionalProperties: false, required: ['name'] } } },
    },
    responses: { default: { $ref: '#/components/responses/Problem' } },
  });
  expect(JSON.stringify(document.paths['/sites/{siteId}']?.['patch']?.['requestBody'])).not.toContain(
    'siteId',
  );
  const list = document.paths['/sites']?.['get'];
  expect(list?.['parameters']).toContainEqual({
    name: 'active',
    in: 'query',
    required: false,
    schema: { type: 'boolean' },
  });
  expect(list?.['requestBody']).toBeUndefined();
  const create = document.paths['/sites']?.['post'];
  expect(create?.['parameters']).toContainEqual({ $ref: '#/components/parameters/IdempotencyKey' });
  expect(Object.keys(isJsonObject(create?.['responses']) ? create['responses'] : {})).toEqual([
    '201',
    'default',
  ]);
  expect(document.paths['/sites/{siteId}']?.['delete']?.['responses']).toHaveProperty('204');
});

test('security is the default but for public operations', () => {
  expect(document.security).toEqual([{ bearer: [] }, { cookie: [] }]);
  expect(document.paths['/faults/throttled']?.['get']?.['security']).toEqual([]);
  expect(document.paths['/sites']?.['get']).not.toHaveProperty('security');
  expect(document.components['securitySchemes']).toMatchObject({
    bearer: { scheme: 'bearer' },
    cookie: { name: '__Host-tenantry' },
  });
});

test('every reference points at something', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
    (match) => match[1] ?? '',
  );
  expect(references).toContain('components/schemas/Site');
  for (const reference of new Set(references)) {
    const found = reference
      .split('/')
      .reduce<unknown>((node, key) => (isJsonObject(node) ? node[key] : undefined), document);
    expect([reference, found !== undefined]).toEqual([reference, true]);
  }
});

test('it is computed once for the same options', () => {
  expect(makeDocument({ ...options })).toBe(document);
  expect(makeDocument({ ...options, version: '2' })).not.toBe(document);
});

test('a schema that cannot be embedded truthfully is refused', () => {
  const t = initTRPC.meta<RestMeta>().create();
  const tree = z.strictObject({
    get children() {
      return z.array(tree);
    },
  });
  const recursive = t.router({
    a: t.procedure
      .meta({ rest: { method: 'GET', path: '/x', summary: 's' } })
      .output(tree)
      .query(() => ({ children: [] })),
  });
  expect(() => makeDocument({ ...options, router: recursive })).toThrow(/id/);
});
