import { refusalsOf } from '@tenantry/gate/documented';
import type { ProcedureMeta } from '@tenantry/gate/procedures';
import { refusalStatus } from '@tenantry/domain/refusals';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { procedures } from '../../procedures.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

interface Operation {
  operationId: string;
  summary: string;
  description?: string;
  parameters: { $ref?: string }[];
  responses: Record<
    string,
    { headers?: object; content?: Record<string, { schema: { allOf?: unknown[] } }> }
  >;
}

const callerOf = (name: 'api' | 'admin') => (name === 'api' ? app : app.admin);

async function operationsOf(name: 'api' | 'admin'): Promise<Operation[]> {
  const { body } = await callerOf(name).rest('GET', '/openapi.json');
  return Object.values<Record<string, Operation>>(body.paths).flatMap((path) => Object.values(path));
}

describe('the OpenAPI document of the admin app', () => {
  it('has every procedure, and names staff’s keys and no account header', async () => {
    const operations = await operationsOf('admin');
    expect(operations.map(({ operationId }) => operationId).toSorted()).toEqual(
      [
        ...procedures.admin.keys(),
        'payment.getProof',
        'invoice.print',
        'creditNote.print',
        'statement.import',
      ].toSorted(),
    );
    const reading = (header: string) =>
      operations.filter(({ parameters }) => JSON.stringify(parameters).includes(`/${header}"`));
    const mutations = [...procedures.admin.values()].filter(
      ({ type, route }) => type === 'mutation' && route.public !== true,
    );
    expect(
      reading('Idempotency-Key')
        .map(({ operationId }) => operationId)
        .toSorted(),
    ).toEqual([...mutations.map(({ name }) => name), 'statement.import'].toSorted());
    expect(reading('Tenantry-Account')).toEqual([]);
  });
});

describe.each(['api', 'admin'] as const)('the responses that the document of %s lists', (name) => {
  it('are the refusals of each procedure by status, each with a closed list of codes', async () => {
    const listed = new Map<string, string[]>();
    for (const { operationId, responses } of await operationsOf(name))
      listed.set(
        operationId,
        Object.entries(responses).flatMap(([status, response]) => {
          const problem = response.content?.['application/problem+json']?.schema.allOf?.[1];
          return problem === undefined ? [] : codesOf(problem).map((code) => `${status} ${code}`);
        }),
      );
    const whole = [...procedures[name].values()].filter(({ route }) => route.events === undefined);
    expect(whole.length).toBeGreaterThan(10);
    for (const { name: procedure, type, inputs, meta } of whole) {
      const { terms }: ProcedureMeta<object> = meta;
      if (terms === undefined) throw new Error(`${procedure} has no terms`);
      const codes = refusalsOf(terms, { type, hasInput: inputs.length > 0 });
      const expected = codes.map((code) => `${refusalStatus[code]} ${code}`);
      const ofTransport = ['400 invalid_input', '413 payload_too_large', '415 unsupported_media_type'];
      const found = listed.get(procedure) ?? [];
      const bodies = found.includes('413 payload_too_large') ? ofTransport : [];
      expect(found.toSorted(), procedure).toEqual(
        [...new Set([...expected, ...bodies, '500 internal_error'])].toSorted(),
      );
    }
  });
});

describe.each(['api', 'admin'] as const)('every operation of %s', (name) => {
  it('says what it does, and whom it serves', async () => {
    for (const { operationId, summary, description } of await operationsOf(name))
      expect([operationId, summary !== '', description?.includes('For ')]).toEqual([operationId, true, true]);
  });
});

// The document writes such a schema for each status; a test of its form stands above.
function codesOf(schema: unknown): string[] {
  const { properties } = schema as { properties: { code: { enum: string[] } } };
  return properties.code.enum;
}

describe.each(['api', 'admin'] as const)('the headers of an answer in the document of %s', (name) => {
  it('are those that its status has', async () => {
    for (const { operationId, responses } of await operationsOf(name))
      for (const [status, { headers = {} }] of Object.entries(responses)) {
        const at = `${operationId} ${status}`;
        expect([at, 'X-Request-Id' in headers, 'WWW-Authenticate' in headers]).toEqual([
          at,
          true,
          status === '401',
        ]);
        if (status === '429' || status === '503')
          expect([at, Object.keys(headers)]).toEqual([
            at,
            expect.arrayContaining(['Retry-After', 'RateLimit', 'RateLimit-Policy']),
          ]);
      }
  });

  it('leave no answer undescribed: there is no default', async () => {
    for (const { responses } of await operationsOf(name)) {
      expect(Object.keys(responses)).not.toContain('default');
      expect(Object.keys(responses)).toContain('500');
    }
  });
});

describe.each(['api', 'admin'] as const)('a success in the document of %s', (name) => {
  it('may be marked as replayed where an Idempotency-Key is read, and nowhere else', async () => {
    const operations = await operationsOf(name);
    const marked = operations.filter(({ responses }) =>
      Object.entries(responses).some(
        ([status, { headers = {} }]) => status < '300' && 'Idempotency-Replayed' in headers,
      ),
    );
    const keyed = operations.filter(({ parameters }) =>
      JSON.stringify(parameters).includes('Idempotency-Key'),
    );
    expect(keyed.length).toBeGreaterThan(5);
    expect(marked).toEqual(keyed);
  });
});

describe.each(['api', 'admin'] as const)('the reference page of %s', (name) => {
  it('loads nothing from another host, and its policy forbids it', async () => {
    const { url } = callerOf(name);
    const page = await fetch(`${url}/reference/`);
    expect(page.status).toBe(200);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/https?:|\*/);
    const html = await page.text();
    const loaded = [...html.matchAll(/<(?:script|link|img)[^>]+(?:src|href)="([^"]+)"/g)].map(
      (match) => match[1] ?? '',
    );
    expect(loaded.length).toBeGreaterThan(0);
    for (const address of loaded) {
      expect(new URL(address, page.url).origin).toBe(url);
      expect((await fetch(new URL(address, page.url))).status).toBe(200);
    }
  });
});
