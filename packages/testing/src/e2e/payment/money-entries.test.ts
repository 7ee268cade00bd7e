import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { submitTransfer } from '../../bank-transfers.ts';
import { type Transport, callProcedure, transports, verdictOf } from '../../procedures.ts';
import { makeKey, signInStaff } from '../../users.ts';

let app: TestApp;
let finance: string;
beforeAll(async () => {
  app = await openTestApp();
  finance = await signInStaff(app, 'finance');
});
afterAll(() => app.close());

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const list = (transport: Transport, token: string, input: Record<string, unknown> = {}) =>
  callProcedure(app, transport, { name: 'moneyEntry.list', input, headers: bearer(token) });
const listForStaff = (transport: Transport, token: string, input: Record<string, unknown>) =>
  callProcedure(app.admin, transport, {
    app: 'admin',
    name: 'moneyEntry.list',
    input,
    headers: bearer(token),
  });
/** An account that paid 100 more than its invoice and got 40 back of it, before its payment was returned. */
async function paidTooMuch() {
  const { owner, confirmation, invoiceId, paymentId } = await submitTransfer(app);
  // An account whose payment was returned makes no keys.
  const key = await makeKey(app, owner, ['credit:read']);
  const reader = await makeKey(app, owner, ['billing:read']);
  const staff = (path: string, body: unknown) =>
    app.admin.rest('POST', `/v1${path}`, { body, bearer: finance });
  for (const done of [
    await staff('/billing/confirm-bank-transfer', { ...confirmation, amount: 3000 }),
    await staff(`/payments/${paymentId}/refund`, { amount: 40, reason: 'too much' }),
    await staff(`/payments/${paymentId}/return`, { reason: 'recalled' }),
  ])
    expect(verdictOf(done)).toBe('ok');
  app.api.authentication.accessCache.forget();
  return { owner, invoiceId, paymentId, key, reader };
}

describe('the journal of money', () => {
  it.each(transports)('tells each movement with the balance after it, over %s (J26)', async (transport) => {
    const { owner, invoiceId, paymentId } = await paidTooMuch();
    const all = await list(transport, owner.token);
    const shown = all.body.items.map(
      ({
        sequence,
        kind,
        amount,
        balanceAfter,
      }: Record<string, unknown> & { amount: { amount: number } }) => [
        sequence,
        kind,
        amount.amount,
        balanceAfter,
      ],
    );
    expect(shown).toEqual([
      [5, 'return', 2960, 0],
      [4, 'release', 2900, 2960],
      [3, 'refund', 40, 60],
      [2, 'apply', 2900, 100],
      [1, 'payment', 3000, 3000],
    ]);
    expect(all.body.items[0]).toMatchObject({
      from: 'balance',
      to: 'returned',
      paymentId,
      invoiceId: null,
      reason: 'recalled',
    });
    expect(all.body.items[0]).not.toHaveProperty('actor');
    const kindsOf = async (input: Record<string, unknown>) =>
      (await list(transport, owner.token, input)).body.items.map(({ kind }: { kind: string }) => kind);
    expect(await kindsOf({ invoiceId })).toEqual(['release', 'apply']);
    expect(await kindsOf({ paymentId, limit: 2 })).toEqual(['return', 'release']);
    const first = await list(transport, owner.token, { limit: 3 });
    const second = await list(transport, owner.token, { limit: 3, cursor: first.body.nextCursor });
    expect([...first.body.items, ...second.body.items]).toEqual(all.body.items);
    expect(second.body.nextCursor).toBeNull();
  });

  it.each(transports)('is read by staff with who made each entry, over %s', async (transport) => {
    const { owner, paymentId } = await paidTooMuch();
    const { accountId } = owner;
    const support = await signInStaff(app, 'support');
    const read = await listForStaff(transport, support, { accountId, paymentId });
    expect(verdictOf(read)).toBe('ok');
    expect(read.body.items).toHaveLength(5);
    expect(read.body.items[0].actor).toMatch(/^staff:/);
    expect(verdictOf(await listForStaff(transport, support, { accountId: paymentId }))).toBe('404 not_found');
    expect(verdictOf(await listForStaff(transport, owner.token, { accountId }))).toBe('401 unauthenticated');
  });

  it.each(transports)(
    'shows nothing of another account, and is refused without the scope, over %s',
    async (transport) => {
      const { owner, invoiceId, paymentId, key, reader } = await paidTooMuch();
      const { owner: other } = await submitTransfer(app);
      for (const input of [{}, { invoiceId }, { paymentId }])
        expect((await list(transport, other.token, input)).body).toEqual({ items: [], nextCursor: null });
      expect(verdictOf(await list(transport, key))).toBe('403 scope_missing');
      expect((await list(transport, reader)).body.items).toHaveLength(5);
      expect(verdictOf(await list(transport, owner.token, { currency: 'USD' }))).toBe('400 invalid_input');
      expect(verdictOf(await list(transport, owner.token, { cursor: 'nothing!' }))).toBe('400 invalid_input');
    },
  );
});
