import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { type SubmittedTransfer, submitTransfer } from '../../bank-transfers.ts';
import { faultsOfBooks } from '../../ledger-faults.ts';
import { callProcedure, verdictOf } from '../../procedures.ts';
import { makeKey, signInStaff } from '../../users.ts';

let app: TestApp;
let finance: string;
beforeAll(async () => {
  app = await openTestApp();
  finance = await signInStaff(app, 'finance');
});
afterAll(() => app.close());

const staff = (path: string, body: unknown, bearer = finance) =>
  app.admin.rest('POST', `/v1${path}`, { body, bearer });
const confirm = (body: Record<string, unknown>) => staff('/billing/confirm-bank-transfer', body);
const hold = async ({ owner: { token } }: SubmittedTransfer, amount: number) =>
  app.rest('POST', '/v1/credits/holds', { body: { amount }, bearer: token });
const spend = async (transfer: SubmittedTransfer, amount: number) => {
  const { id } = (await hold(transfer, amount)).body;
  const { token: bearer } = transfer.owner;
  await app.rest('POST', `/v1/credits/holds/${id}/settle`, { body: { amount }, bearer });
};
const balance = async ({ owner: { token } }: SubmittedTransfer) =>
  (await app.rest('GET', '/v1/balance', { bearer: token })).body;

describe('a payment that the bank takes back', () => {
  it('locks the account at once with 402, and paying again opens it less what was spent (I25, J27)', async () => {
    const transfer = await submitTransfer(app);
    const { paymentId, invoiceId, confirmation, owner } = transfer;
    expect(verdictOf(await confirm(confirmation))).toBe('ok');
    app.api.authentication.accessCache.forget();
    await spend(transfer, 300);
    expect(verdictOf(await staff(`/payments/${paymentId}/return`, { reason: 'recalled' }))).toBe('ok');
    app.api.authentication.accessCache.forget();
    expect(verdictOf(await hold(transfer, 1))).toBe('402 payment_pending');
    expect(await balance(transfer)).toEqual({ balances: [{ currency: 'USD', amount: 0 }], owedCredits: 300 });
    const again = {
      ...confirmation,
      paymentId: undefined,
      invoiceId,
      externalPaymentId: `again ${paymentId}`,
    };
    expect(verdictOf(await confirm(again))).toBe('ok');
    app.api.authentication.accessCache.forget();
    const credits = await app.rest('GET', '/v1/credits', { bearer: owner.token });
    expect(credits.body).toMatchObject({ available: 4700, spent: 300 });
    expect(await balance(transfer)).toMatchObject({ owedCredits: 0 });
    expect(await faultsOfBooks(app.database, owner.accountId)).toEqual([]);
  });

  it('is taken back once when twenty say so at once, and never by a tenant, a key or other staff', async () => {
    const { paymentId, confirmation, owner } = await submitTransfer(app);
    expect(verdictOf(await confirm(confirmation))).toBe('ok');
    const body = { reason: 'recalled' };
    const support = await signInStaff(app, 'support');
    const key = await makeKey(app, owner, ['billing:read']);
    expect(verdictOf(await staff(`/payments/${paymentId}/return`, body, support))).toBe('403 role_forbids');
    for (const bearer of [owner.token, key])
      expect(verdictOf(await staff(`/payments/${paymentId}/return`, body, bearer))).toBe(
        '401 unauthenticated',
      );
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, async () => verdictOf(await staff(`/payments/${paymentId}/return`, body))),
    );
    expect(outcomes.toSorted()).toEqual([...Array.from({ length: 19 }, () => '409 payment_state'), 'ok']);
    const [row] = await app.database.query(
      "select count(*)::int as returns from money_entry where payment_id = $1 and kind = 'return'",
      [paymentId],
    );
    expect(row).toEqual({ returns: 1 });
  });

  it('and one that is refunded are of no other account, over both transports', async () => {
    const { paymentId, confirmation } = await submitTransfer(app);
    expect(verdictOf(await confirm(confirmation))).toBe('ok');
    const refund = { paymentId, amount: 2901, reason: 'goodwill' };
    for (const transport of ['rest', 'trpc'] as const) {
      const headers = { authorization: `Bearer ${finance}` };
      const call = { app: 'admin', name: 'payment.refund', headers } as const;
      expect(verdictOf(await callProcedure(app.admin, transport, { ...call, input: refund }))).toBe(
        '422 amount_mismatch',
      );
      const none = { ...refund, paymentId: '0198f000-0000-7000-8000-00000000ffff' };
      expect(verdictOf(await callProcedure(app.admin, transport, { ...call, input: none }))).toBe(
        '404 not_found',
      );
    }
  });
});
