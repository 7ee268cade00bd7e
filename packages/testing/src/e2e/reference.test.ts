import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../app.ts';
import { procedures } from '../procedures.ts';

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
    // One that answers in events stands at the place of one that answers whole.
    const whole = [...procedures.api.values()].filter(({ route }) => route.events === undefined);
    const names = [...whole.map(({ name }) => name), 'payment.addProof'];
    expect(ids.toSorted()).toEqual(names.toSorted());
    const runs = body.paths['/operations/{operation}/runs'].post.responses['200'].content;
    expect(Object.keys(runs)).toEqual(['application/json', 'text/event-stream']);
    expect(JSON.stringify(runs['text/event-stream'])).toContain('finishReason');
    const open = operations.filter((operation) => JSON.stringify(operation['security']) === '[]');
    expect(open.map((operation) => operation['operationId'])).toEqual(
      [...procedures.api.values()].filter(({ route }) => route.public).map((procedure) => procedure.name),
    );
  });
});

describe('the reference page', () => {
  it('loads nothing from another host, and may not', async () => {
    const page = await fetch(`${app.url}/reference/`);
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
      expect(new URL(address, page.url).origin).toBe(app.url);
      expect((await fetch(new URL(address, page.url))).status).toBe(200);
    }
  });
});
