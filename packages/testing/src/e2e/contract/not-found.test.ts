import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { callProcedure, sameBytes, transports } from '../../procedures.ts';
import { type Owner, registerOwner, signInStaff } from '../../users.ts';

let app: TestApp;
let owner: Owner;
let other: Owner;
beforeAll(async () => {
  app = await openTestApp();
  owner = await registerOwner(app);
  other = await registerOwner(app);
});
afterAll(() => app.close());

const randomId = '018f0000-0000-7000-8000-000000000000';

describe.each(transports)('a not_found over %s', (transport) => {
  const asOwner = (name: string, input: Record<string, unknown>, more: Record<string, string> = {}) =>
    callProcedure(app, transport, {
      name,
      input,
      headers: { authorization: `Bearer ${owner.token}`, ...more },
    });

  it('names the field that may be wrong: a mistyped operation, plan, site', async () => {
    const cases = [
      ['operation.run', { operation: 'write_contnet', prompt: 'tea' }, 'operation'],
      ['credit.hold', { operation: 'write_contnet', units: 1 }, 'operation'],
      ['subscription.change', { planSlug: 'startre', paymentMethod: 'bank_transfer' }, 'planSlug'],
      ['site.get', { siteId: randomId }, 'siteId'],
    ] as const;
    for (const [name, input, path] of cases) {
      const { status, body } = await asOwner(name, input);
      expect([name, status, body.code]).toEqual([name, 404, 'not_found']);
      expect(body.errors).toEqual([{ path, message: 'names nothing that you may see' }]);
    }
  });

  it('is the same for a foreign id and a random one', async () => {
    const made = await app.rest('POST', '/v1/sites', { body: { name: 'Theirs' }, bearer: other.token });
    const foreignId: unknown = made.status === 201 ? made.body.id : await siteOfOther();
    for (const name of ['site.get', 'sector.list', 'site.delete']) {
      const answers = [await asOwner(name, { siteId: foreignId }), await asOwner(name, { siteId: randomId })];
      expect(answers.map(sameBytes)).toEqual([sameBytes(answers[1] ?? made), sameBytes(answers[0] ?? made)]);
      expect(answers[0]?.body.errors).toHaveLength(1);
    }
  });

  it('names the header where it names an account of others', async () => {
    const headers = { 'tenantry-account': other.accountId };
    const foreign = await asOwner('site.list', {}, headers);
    const random = await asOwner('site.list', {}, { 'tenantry-account': randomId });
    expect(sameBytes(foreign)).toBe(sameBytes(random));
    expect(foreign.body.errors).toEqual([
      { path: 'Tenantry-Account', message: 'names no account that you may see' },
    ]);
  });

  it('names the fields of staff', async () => {
    const authorization = `Bearer ${await signInStaff(app, 'platform_admin')}`;
    const call = { app: 'admin', name: 'account.get', input: { accountId: randomId } } as const;
    const { body } = await callProcedure(app.admin, transport, { ...call, headers: { authorization } });
    expect([body.code, body.errors[0].path]).toEqual(['not_found', 'accountId']);
  });
});

async function siteOfOther(): Promise<unknown> {
  const { body } = await app.rest('GET', '/v1/sites', { bearer: other.token });
  return body.items[0].id;
}

describe('a path that no route has', () => {
  it('says so over both transports and on both apps', async () => {
    for (const caller of [app, app.admin]) {
      const { body: rest } = await caller.rest('GET', '/v1/nowhere');
      expect(rest.errors).toEqual([
        { path: '', message: 'No operation has this path; /openapi.json lists them all.' },
      ]);
      const { body: trpc } = await caller.trpc('site.nothing', {}, { type: 'query' });
      expect(trpc.errors[0].message).toBe('No procedure has this name; /openapi.json lists them all.');
    }
  });
});
