import { png } from '@tenantry/files/proof.fixture';
import { expect } from 'vitest';
import type { TestApp } from '../../app.ts';
import { type Transport, callProcedure, verdictOf } from '../../procedures.ts';
import type { Owner } from '../../users.ts';

const day = 86_400;
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** An owner of a sandbox whose clock is moved, and the staff who confirm its money, over one transport. */
export function actor(
  { app, finance }: { app: TestApp; finance: string },
  transport: Transport,
  { accountId, token }: Owner,
) {
  const call = async (name: string, input: Record<string, unknown> = {}) =>
    callProcedure(app, transport, { name, input, headers: bearer(token) });
  const accepted = async (name: string, input: Record<string, unknown> = {}) => {
    const answer = await call(name, input);
    expect(verdictOf(answer), `${name} ${JSON.stringify(answer.body)}`).toBe('ok');
    return answer.body;
  };
  const asStaff = async (name: string, input: Record<string, unknown>) => {
    const headers = bearer(finance);
    const answer = await callProcedure(app.admin, transport, { app: 'admin', name, input, headers });
    expect(verdictOf(answer), JSON.stringify(answer.body)).toBe('ok');
    // The admin app is another process: the gate of this one hears of it some moments after.
    app.api.authentication.accessCache.forget();
    return answer.body;
  };
  const open = async () => {
    const { items } = await accepted('invoice.list');
    return items.filter(({ status }: { status: string }) => status === 'open');
  };
  const prove = async (paymentId: string): Promise<string> => {
    const body = new FormData();
    body.append('file', new Blob([new Uint8Array(png())]), 'transfer.png');
    const url = `${app.url}/v1/payments/${paymentId}/proofs`;
    const sent = await fetch(url, { method: 'POST', headers: bearer(token), body });
    expect(sent.status).toBe(201);
    return JSON.parse(await sent.text()).id;
  };
  return {
    call,
    accepted,
    open,
    advance: (days: number) => accepted('testClock.move', { advanceSeconds: days * day }),
    until: (at: string) => accepted('testClock.move', { at }),
    ask: async (planSlug: string) =>
      (await accepted('subscription.change', { planSlug, paymentMethod: 'bank_transfer' })).invoice,
    /** Pays the one open invoice, as staff confirm it. */
    pay: async () => {
      const [{ id, due }] = await open();
      const money = { payerName: 'A. Payer', amount: due.amount, currency: due.currency };
      return asStaff('billing.confirmBankTransfer', { accountId, externalPaymentId: `FT ${id}`, ...money });
    },
    /** Submits the transfer of the one open invoice with a proof; staff find it in their queue and confirm it. */
    payWithProof: async () => {
      const [{ id: invoiceId, reference, due }] = await open();
      const money = { payerName: 'A. Payer', amount: due.amount, currency: due.currency };
      const { id: paymentId, status } = await accepted('payment.submitBankTransfer', { invoiceId, ...money });
      expect(status).toBe('pending_approval');
      const proofId = await prove(paymentId);
      const { items } = await asStaff('payment.list', {});
      const queued = items.find(({ id }: { id: string }) => id === paymentId);
      expect(queued).toMatchObject({ accountId, reference, amount: due.amount, due: due.amount, proofs: 1 });
      const named = { accountId, paymentId, proofId, externalPaymentId: `FT ${paymentId}` };
      const confirmed = await asStaff('billing.confirmBankTransfer', { ...named, ...money });
      expect(confirmed).toMatchObject({ payment: { status: 'succeeded' }, invoice: { status: 'paid' } });
      return confirmed;
    },
    spend: async (amount: number) => {
      const { id: holdId } = await accepted('credit.hold', { amount });
      await accepted('credit.settle', { holdId, amount });
    },
  };
}
