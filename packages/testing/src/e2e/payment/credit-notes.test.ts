import { newId } from '@tenantry/db/ids';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, openTestApp } from '../../app.ts';
import { type SubmittedTransfer, submitTransfer } from '../../bank-transfers.ts';
import { callProcedure, sameBytes, transports, verdictOf } from '../../procedures.ts';
import { makeKey, registerOwner, signInStaff } from '../../users.ts';

let app: TestApp;
let finance: string;
beforeAll(async () => {
  app = await openTestApp();
  finance = await signInStaff(app, 'finance');
});
afterAll(() => app.close());

const staff = (path: string, body: unknown) =>
  app.admin.rest('POST', `/v1${path}`, { body, bearer: finance });
/** A payment that was confirmed, and of which some was sent back. */
const refunded = async (amount = 2900): Promise<SubmittedTransfer> => {
  const transfer = await submitTransfer(app);
  expect(verdictOf(await staff('/billing/confirm-bank-transfer', transfer.confirmation))).toBe('ok');
  const refund = { amount, reason: 'goodwill' };
  expect(verdictOf(await staff(`/payments/${transfer.paymentId}/refund`, refund))).toBe('ok');
  app.api.authentication.accessCache.forget();
  return transfer;
};
const get = (path: string, bearer: string) => app.rest('GET', `/v1${path}`, { bearer });
const pdf = async (url: string, bearer: string) => {
  const answer = await fetch(url, { headers: { authorization: `Bearer ${bearer}` } });
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { status: answer.status, name: answer.headers.get('content-disposition'), bytes };
};

describe('credit notes', () => {
  it('are listed and read by their account, though it is unpaid again, over both transports', async () => {
    const { owner, invoiceId, paymentId } = await refunded();
    const subscription = await get('/subscription', owner.token);
    expect(subscription.body.standing.code).toBe('payment_pending');
    const headers = { authorization: `Bearer ${owner.token}` };
    for (const transport of transports) {
      const list = await callProcedure(app, transport, { name: 'creditNote.list', headers });
      expect(list.body.items).toMatchObject([
        { invoiceId, paymentId, total: { amount: 2900, currency: 'USD' } },
      ]);
      const [note] = list.body.items;
      const input = { creditNoteId: note.id };
      const one = await callProcedure(app, transport, { name: 'creditNote.get', input, headers });
      expect(one.body).toEqual(note);
    }
    const { body: invoice } = await get(`/invoices/${invoiceId}`, owner.token);
    expect(invoice).toMatchObject({ status: 'paid', credited: { amount: 2900 } });
  });

  it('are printed for their account and for staff, as an attachment', async () => {
    const { owner } = await refunded(100);
    const [note] = (await get('/credit-notes', owner.token)).body.items;
    const path = `/v1/accounts/${owner.accountId}/credit-notes`;
    const listed = await app.admin.rest('GET', path, { bearer: finance });
    expect(listed.body.items).toEqual([note]);
    for (const printed of [
      await pdf(`${app.url}/v1/credit-notes/${note.id}/pdf`, owner.token),
      await pdf(`${app.admin.url}${path}/${note.id}/pdf`, finance),
    ]) {
      expect(printed.status).toBe(200);
      expect(printed.name).toBe(`attachment; filename="credit-note-${note.id}.pdf"`);
      expect(printed.bytes.toString('latin1')).toMatch(/^%PDF-[\s\S]*\/MediaBox \[0 0 595.28 841.89\]/);
    }
  });

  it('of another account are as if they were not there, to its members and under another account of staff', async () => {
    const [{ owner }, other] = [await refunded(100), await registerOwner(app)];
    const [note] = (await get('/credit-notes', owner.token)).body.items;
    const foreign = await get(`/credit-notes/${note.id}`, other.token);
    expect(verdictOf(foreign)).toBe('404 not_found');
    expect(sameBytes(foreign)).toBe(sameBytes(await get(`/credit-notes/${newId()}`, other.token)));
    expect((await get('/credit-notes', other.token)).body.items).toEqual([]);
    const path = `${app.admin.url}/v1/accounts/${other.accountId}/credit-notes/${note.id}/pdf`;
    expect((await pdf(path, finance)).status).toBe(404);
    expect((await pdf(`${app.url}/v1/credit-notes/${note.id}/pdf`, other.token)).status).toBe(404);
  });

  it('are refused to a key without billing, and made by nobody else than a refund', async () => {
    const { owner } = await refunded(100);
    const key = await makeKey(app, owner, ['site:read']);
    expect(verdictOf(await get('/credit-notes', key))).toBe('403 scope_missing');
    const body = { invoiceId: newId() };
    const made = await app.rest('POST', '/v1/credit-notes', { body, bearer: owner.token });
    expect(verdictOf(made)).toBe('405 method_not_allowed');
  });

  it('is one when twenty refund the same at once', async () => {
    const transfer = await submitTransfer(app);
    expect(verdictOf(await staff('/billing/confirm-bank-transfer', transfer.confirmation))).toBe('ok');
    const refund = { amount: 2900, reason: 'goodwill' };
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, async () =>
        verdictOf(await staff(`/payments/${transfer.paymentId}/refund`, refund)),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(1);
    expect(new Set(outcomes)).toEqual(new Set(['ok', '409 payment_state']));
    const rows = await app.database.query(
      'select amount::int, tax_amount::int from credit_note where invoice_id = $1',
      [transfer.invoiceId],
    );
    expect(rows).toEqual([{ amount: 2900, tax_amount: 0 }]);
  });
});

describe('a document that is printed', () => {
  it('holds no connection of the database while the printer is busy (J33)', async () => {
    const { owner, invoiceId } = await submitTransfer(app);
    const { body: invoice } = await get(`/invoices/${invoiceId}`, owner.token);
    const long = {
      ...invoice,
      createdAt: new Date(invoice.createdAt),
      dueAt: new Date(invoice.dueAt),
      lines: Array.from({ length: 4000 }, () => invoice.lines[0]),
    };
    const busy = [app.api.ports.invoices.print(long), app.api.ports.invoices.print(long)];
    let answered = 0;
    const url = `${app.url}/v1/invoices/${invoiceId}/pdf`;
    const waiting = Array.from({ length: 6 }, async () => {
      const { status } = await pdf(url, owner.token);
      answered += 1;
      return status;
    });
    const inTransaction = `select count(*)::int as open from pg_stat_activity
      where usename = 'tenantry_api' and datname = current_database() and xact_start is not null`;
    const isRead = async () => (await app.database.query(inTransaction))[0]?.['open'] === 0;
    // A call that came after them is answered, so that they have been read.
    expect(verdictOf(await get('/sites', owner.token))).toBe('ok');
    await expect.poll(isRead, { interval: 20 }).toBe(true);
    expect(answered).toBe(0);
    await Promise.all(busy);
    expect(await Promise.all(waiting)).toEqual(Array.from({ length: 6 }, () => 200));
  });
});
