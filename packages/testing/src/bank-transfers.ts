import type { TestApp } from './app.ts';
import { type Owner, registerOwner } from './users.ts';

/** The price of a month on the plan `starter`, in cents. */
const starterPrice = { amount: 2900, currency: 'USD' };

/** A bank transfer that awaits confirmation, and the input that confirms it. */
export interface SubmittedTransfer {
  owner: Owner;
  paymentId: string;
  invoiceId: string;
  confirmation: Record<string, unknown>;
}

/** Registers an account that has chosen a plan and submits a bank transfer for it. */
export async function submitTransfer(app: TestApp): Promise<SubmittedTransfer> {
  const owner = await registerOwner(app);
  const body = { planSlug: 'starter', payerName: 'A. Payer', ...starterPrice };
  const sent = await app.rest('POST', '/v1/payments/bank-transfers', { body, bearer: owner.token });
  if (sent.status !== 201) throw new Error(`no transfer: ${JSON.stringify(sent.body)}`);
  const { id: paymentId, invoice } = sent.body;
  const named = { accountId: owner.accountId, paymentId, externalPaymentId: `FT ${paymentId}` };
  return {
    owner,
    paymentId,
    invoiceId: invoice.id,
    confirmation: { ...named, payerName: 'A. Payer', ...starterPrice },
  };
}
