import { problemCodes } from '@tenantry/domain/refusals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { publicProcedures } from '../../fixture.ts';
import { accountProcedures, procedures } from '../../procedures.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

describe('the OpenAPI document', () => {
  it('is 3.1 and has every procedure, with its security and its refusals', async () => {
    const { body } = await app.rest('GET', '/openapi.json');
    expect(body.openapi).toMatch(/^3\.1\./);
    const operations: Record<string, unknown>[] = Object.values(body.paths).flatMap((path) =>
      Object.values(path as object),
    );
    const ids = operations.map((operation) => String(operation['operationId']));
    // A procedure that answers with events shares the operation of the one that answers with a whole body.
    const whole = [...procedures.api.values()].filter(({ route }) => route.events === undefined);
    const names = [
      ...whole.map(({ name }) => name),
      'payment.addProof',
      'invoice.print',
      'creditNote.print',
      'forwardAuth',
    ];
    expect(ids.toSorted()).toEqual(names.toSorted());
    const runs = body.paths['/operations/{operation}/runs'].post;
    expect(Object.keys(runs.responses['200'].content)).toEqual(['application/json']);
    expect(runs['x-event-stream'].procedure).toBe('operation.stream');
    expect(JSON.stringify(runs['x-event-stream'].events)).toContain('finishReason');
    const open = operations.filter((operation) => JSON.stringify(operation['security']) === '[]');
    expect(open.map((operation) => operation['operationId'])).toEqual(publicProcedures);
  });
});

/** Every node of a document that is an object, with its path. */
function* nodesOf(node: unknown, path = ''): Generator<{ path: string; node: Record<string, unknown> }> {
  if (Array.isArray(node)) {
    for (const item of node) yield* nodesOf(item, path);
    return;
  }
  if (typeof node !== 'object' || node === null) return;
  const own = Object.fromEntries(Object.entries(node));
  yield { path, node: own };
  for (const [key, value] of Object.entries(own))
    if (key !== 'examples' && key !== 'example') yield* nodesOf(value, `${path}/${key}`);
}

describe('the contract in the OpenAPI document', () => {
  const operationsOf = (body: { paths: Record<string, Record<string, Record<string, unknown>>> }) =>
    Object.values(body.paths).flatMap((path) => Object.values(path));

  it('lists a header where it is read and nowhere else', async () => {
    const { body } = await app.rest('GET', '/openapi.json');
    const reading = (name: string) =>
      operationsOf(body)
        .filter(({ parameters }) => JSON.stringify(parameters).includes(`#/components/parameters/${name}`))
        .map(({ operationId }) => String(operationId));
    const made = new Set(['credential.get', ...accountProcedures.map(({ name }) => name)]);
    const whole = [...procedures.api.values()].filter(({ route }) => route.events === undefined);
    const names = (wanted: (procedure: (typeof whole)[number]) => boolean) =>
      [...whole.filter(wanted).map(({ name }) => name), 'payment.addProof'].toSorted();
    expect(reading('Tenantry-Account').toSorted()).toEqual(
      [...names(({ name }) => made.has(name)), 'invoice.print', 'creditNote.print', 'forwardAuth'].toSorted(),
    );
    expect(reading('Idempotency-Key').toSorted()).toEqual(
      names(({ type, route }) => type === 'mutation' && route.public !== true),
    );
    expect(reading('Idempotency-Key')).not.toContain('session.create');
    expect(reading('Tenantry-Account')).not.toContain('me.get');
  });

  it('names its main objects as components, each once, described and with an example', async () => {
    const { body } = await app.rest('GET', '/openapi.json');
    const schemas: Record<string, Record<string, unknown>> = body.components.schemas;
    expect(Object.keys(schemas)).toEqual(
      expect.arrayContaining(['Site', 'Account', 'CreditHold', 'Problem']),
    );
    // A name with a number belongs to a second schema of the same id.
    expect(Object.keys(schemas).filter((name) => /\d$/.test(name))).toEqual([]);
    const bare = Object.entries(schemas).filter(
      ([, { description, examples }]) => typeof description !== 'string' || !Array.isArray(examples),
    );
    expect(bare.map(([name]) => name)).toEqual([]);
  });

  it('describes every parameter and every field', async () => {
    const { body } = await app.rest('GET', '/openapi.json');
    const undescribed: string[] = [];
    for (const { path, node } of nodesOf({ paths: body.paths, schemas: body.components.schemas })) {
      const { properties } = node;
      if (node['in'] === 'path' || node['in'] === 'query')
        if (typeof node['description'] !== 'string') undescribed.push(`${path} ${String(node['name'])}`);
      if (typeof properties !== 'object' || properties === null) continue;
      for (const [key, field] of Object.entries(properties))
        if (!/"(?:description|\$ref)":/.test(JSON.stringify(field))) undescribed.push(`${path} ${key}`);
    }
    expect(undescribed).toEqual([]);
  });

  it('has a closed list of codes in its problem', async () => {
    const { body } = await app.rest('GET', '/openapi.json');
    const { code } = body.components.schemas.Problem.properties;
    expect(code.enum).toEqual(problemCodes);
  });
});
