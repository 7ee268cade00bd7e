import { withoutKeySecret } from '@tenantry/domain/search/key-secret';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { submitTransfer } from '../../bank-transfers.ts';
import { callProcedure, transports, verdictOf } from '../../procedures.ts';
import { makeKey, registerOwner, signInStaff } from '../../users.ts';

let app: TestApp;
let [support, finance]: [string, string] = ['', ''];
beforeAll(async () => {
  app = await openTestApp();
  [support, finance] = [await signInStaff(app, 'support'), await signInStaff(app, 'finance')];
});
afterAll(() => app.close());

const call = (transport: (typeof transports)[number], name: string, input: object, bearer = support) =>
  callProcedure(app.admin, transport, {
    app: 'admin',
    name,
    input: { ...input },
    headers: { authorization: `Bearer ${bearer}` },
  });

describe.each(transports)('what staff see first, over %s', (transport) => {
  it('counts a transfer that waits, and finds its account by what the customer quotes', async () => {
    const before = (await call(transport, 'overview.get', {})).body.transfers.count;
    const { owner, invoiceId } = await submitTransfer(app);
    const { body } = await call(transport, 'overview.get', {});
    expect(body.transfers.count).toBe(before + 1);
    const { number, reference } = (
      await app.rest('GET', `/v1/invoices/${invoiceId}`, { bearer: owner.token })
    ).body;
    for (const q of [number, reference, invoiceId]) {
      const { items } = (await call(transport, 'search.find', { q })).body;
      expect(items, q).toMatchObject([{ kind: 'invoice', id: invoiceId, accountId: owner.accountId }]);
    }
    const listed = await call(transport, 'account.list', { q: owner.email, sandbox: false });
    expect(listed.body.items).toMatchObject([
      { id: owner.accountId, standing: { state: 'good', code: null }, paymentMethod: 'stripe' },
    ]);
  });

  it('answers thirty days of activity and of revenue', async () => {
    expect((await call(transport, 'overview.activity', {})).body.days).toHaveLength(30);
    const { status, body } = await call(transport, 'overview.revenue', {}, finance);
    expect([status, Date.parse(body.to) - Date.parse(body.from)]).toEqual([200, 29 * 86_400_000]);
  });

  it('shows revenue to no role without the power', async () => {
    expect(verdictOf(await call(transport, 'overview.revenue', {}))).toBe('403 role_forbids');
  });

  it('finds a key by its prefix, and takes no secret in an address', async () => {
    const owner = await registerOwner(app);
    const secret = await makeKey(app, owner, ['site:read']);
    const prefix = withoutKeySecret(secret);
    const found = await call(transport, 'search.find', {
      q: transport === 'rest' ? prefix.slice(9) : prefix,
    });
    expect(found.body.items).toMatchObject([{ kind: 'api_key', accountId: owner.accountId }]);
    const whole = await call(transport, 'search.find', { q: secret });
    expect(JSON.stringify(whole.body)).not.toContain(secret.slice(22));
    expect(whole.status).toBe(transport === 'rest' ? 401 : 200);
  });

  it.each([
    ['search.find', {}],
    ['search.find', { q: '' }],
    ['search.find', { q: 'x'.repeat(201) }],
    ['search.find', { q: 'x\0y' }],
    ['search.find', { q: 'x', limit: 100 }],
    ['account.list', { name: 'x' }],
    ['account.list', { sort: 'credits' }],
    ['account.list', { standing: 'refused' }],
    ['account.list', { paymentMethod: 'cash' }],
    ['account.list', { limit: 101 }],
    ['account.list', { cursor: 'zzz' }],
    ['overview.get', { days: 7 }],
  ])('refuses %s with %o', async (name, input) => {
    expect(verdictOf(await call(transport, name, input))).toBe('400 invalid_input');
  });

  it('is nobody’s without a session of staff', async () => {
    const owner = await registerOwner(app);
    for (const name of ['overview.get', 'overview.activity', 'overview.revenue', 'account.list'])
      expect(verdictOf(await call(transport, name, {}, owner.token)), name).toBe('401 unauthenticated');
    expect(verdictOf(await call(transport, 'search.find', { q: 'x' }, owner.token))).toBe(
      '401 unauthenticated',
    );
  });
});
