import { initTRPC } from '@trpc/server';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { makeDocument } from './document.ts';
import type { DocumentOptions } from './document-options.ts';
import { isJsonObject } from './json-schema.ts';
import type { RestMeta } from './meta.ts';
import { restProcedures } from './procedures.ts';
import { router } from './router.fixture.ts';

const options: DocumentOptions = {
  router,
  title: 'App',
  version: '1',
  serverUrl: 'https://api.test/v1',
  problem: z.strictObject({ code: z.enum(['no', 'never']) }).meta({ id: 'Problem' }),
  bearer: 'A token.',
  headers: { Tenant: { name: 'X-Tenant', description: 'Which tenant.', schema: { type: 'string' } } },
  headersOf: ({ route }) => (route.public === true ? [] : ['Tenant']),
};
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
      { $ref: '#/components/parameters/Tenant' },
    ],
    requestBody: {
      required: true,
      content: { 'application/json': { schema: { additionalProperties: false, required: ['name'] } } },
    },
    responses: { 500: { content: { 'application/problem+json': { schema: { allOf: [{}, {}] } } } } },
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
  expect(document.paths['/faults/throttled']?.['get']?.['parameters']).toEqual([]);
  expect(Object.keys(isJsonObject(create?.['responses']) ? create['responses'] : {})).toEqual([
    '201',
    '400',
    '413',
    '415',
    '500',
  ]);
  expect(document.paths['/sites/{siteId}']?.['delete']?.['responses']).toHaveProperty('204');
});

test('security is the default but for public operations', () => {
  // A client that is told of two alternatives sends both.
  expect(document.security).toEqual([{ bearer: [] }]);
  expect(document.paths['/faults/throttled']?.['get']?.['security']).toEqual([]);
  expect(document.paths['/sites']?.['get']).not.toHaveProperty('security');
  expect(document.components['securitySchemes']).toEqual({
    bearer: { type: 'http', scheme: 'bearer', description: 'A token.' },
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

test('headers and the problem are those of the options', () => {
  expect(document.components['parameters']).toEqual({
    Tenant: {
      name: 'X-Tenant',
      in: 'header',
      required: false,
      description: 'Which tenant.',
      schema: { type: 'string' },
    },
  });
  expect(document.components['schemas']).toMatchObject({
    Problem: { properties: { code: { enum: ['no', 'never'] } } },
  });
  expect(() => makeDocument({ ...options, headers: {} })).toThrow(/undescribed header Tenant/);
});

test('a component is written once, wherever it stands; another of its name gets a name of its own', () => {
  const t = initTRPC.meta<RestMeta>().create();
  const part = z.object({ a: z.string() }).meta({ id: 'Part' });
  const whole = z.object({ part }).meta({ id: 'Whole' });
  const other = z.object({ b: z.string() }).meta({ id: 'Other' });
  const otherPart = z.object({ c: z.string() }).meta({ id: 'Part' });
  const get = (path: string, output: z.ZodType) =>
    t.procedure
      .meta({ rest: { method: 'GET', path, summary: 's' } })
      .input(z.strictObject({}))
      .output(output)
      .query(() => ({}));
  const described = t.router({
    a: get('/a', z.object({ whole })),
    b: get('/b', z.object({ other, whole })),
    c: get('/c', z.object({ otherPart })),
  });
  const { schemas } = makeDocument({ ...options, router: described }).components;
  expect(Object.keys(isJsonObject(schemas) ? schemas : {}).toSorted()).toEqual([
    'Other',
    'Part',
    'Part2',
    'Problem',
    'Whole',
  ]);
});

test('a refusal is narrowed to its status and its codes, and every answer has its headers', () => {
  const refusalsOf = () => [
    { status: 402, code: 'no' },
    { status: 402, code: 'never' },
  ];
  const responseHeaders = { Wait: { description: 'How long.', schema: { type: 'integer' } } };
  const responseHeadersOf = (_procedure: unknown, status: number) => (status === 402 ? ['Wait'] : []);
  const made = makeDocument({ ...options, refusalsOf, responseHeaders, responseHeadersOf });
  expect(made.paths['/sites']?.['get']?.['responses']).toMatchObject({
    200: { headers: { 'X-Request-Id': { $ref: '#/components/headers/X-Request-Id' } } },
    402: {
      headers: { 'X-Request-Id': {}, Wait: { $ref: '#/components/headers/Wait' } },
      content: {
        'application/problem+json': {
          schema: {
            allOf: [
              { $ref: '#/components/schemas/Problem' },
              {
                properties: { status: { enum: [402] }, code: { enum: ['no', 'never'] } },
                required: ['status', 'code'],
              },
            ],
          },
        },
      },
    },
  });
  expect(made.components['headers']).toHaveProperty('Wait');
});

test('a body is required where an input without one is refused, though no field of it is required', () => {
  const t = initTRPC.meta<RestMeta>().create();
  const at = (path: string, input: z.ZodType) =>
    t.procedure
      .meta({ rest: { method: 'POST', path, summary: 's' } })
      .input(input)
      .mutation(() => null);
  const either = z
    .strictObject({ holdId: z.uuid(), a: z.string().optional(), b: z.string().optional() })
    .refine(({ a, b }) => (a === undefined) !== (b === undefined));
  const free = z.strictObject({ holdId: z.uuid(), a: z.string().optional() });
  const described = t.router({ a: at('/a/{holdId}', either), b: at('/b/{holdId}', free) });
  const { paths } = makeDocument({ ...options, router: described });
  expect(paths['/a/{holdId}']?.['post']?.['requestBody']).toMatchObject({ required: true });
  expect(paths['/b/{holdId}']?.['post']?.['requestBody']).toMatchObject({ required: false });
});

test('events stand beside the answer in an extension, which no generator takes for it', () => {
  const t = initTRPC.meta<RestMeta>().create();
  const rest = { method: 'POST', path: '/runs', summary: 's' } as const;
  const events = z.object({ event: z.literal('delta'), text: z.string() });
  const described = t.router({
    run: t.procedure
      .meta({ rest })
      .input(z.strictObject({}))
      .output(z.object({ output: z.string() }))
      .mutation(() => ({ output: '' })),
    stream: t.procedure
      .meta({ rest: { ...rest, events } })
      .input(z.strictObject({}))
      .mutation(() => null),
  });
  const operation = makeDocument({ ...options, router: described }).paths['/runs']?.['post'];
  expect(operation).toMatchObject({
    operationId: 'run',
    'x-event-stream': { procedure: 'stream', accept: 'text/event-stream', events: { type: 'object' } },
  });
  expect(JSON.stringify(operation?.['responses'])).not.toContain('event-stream');
});

test('descriptions and examples of a schema are shown, without the keys of the path', () => {
  const t = initTRPC.meta<RestMeta>().create();
  const input = z
    .strictObject({ siteId: z.string().describe('Which.'), name: z.string().describe('What.') })
    .meta({ examples: [{ siteId: '1', name: 'n' }] });
  const described = t.router({
    a: t.procedure
      .meta({ rest: { method: 'PATCH', path: '/x/{siteId}', summary: 's', description: 'At length.' } })
      .input(input)
      .mutation(() => null),
  });
  const operation = makeDocument({ ...options, router: described }).paths['/x/{siteId}']?.['patch'];
  expect(operation).toMatchObject({
    description: 'At length.',
    parameters: [{ name: 'siteId', description: 'Which.' }, {}],
    requestBody: {
      content: {
        'application/json': {
          schema: { properties: { name: { description: 'What.' } }, examples: [{ name: 'n' }] },
        },
      },
    },
  });
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
      .input(z.strictObject({}))
      .output(tree)
      .query(() => ({ children: [] })),
  });
  expect(() => makeDocument({ ...options, router: recursive })).toThrow(/id/);
});
