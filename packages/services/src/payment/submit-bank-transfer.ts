import type { SubmitBankTransferInput } from '@tenantry/contract/payment';
import { lockAccount } from '@tenantry/db/account/queries';
import { enqueueOutboxMessage } from '@tenantry/db/audit/queries';
import { findInvoice, insertBankTransfer, insertProof, pendingPayments } from '@tenantry/db/billing/queries';
import { refusalIfCurrencyDiffers } from '@tenantry/domain/billing/confirm';
import { isPayable } from '@tenantry/domain/invoice/status';
import { refusalIfNotOffered } from '@tenantry/domain/payment/methods';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { beginReview } from '../billing/review.ts';
import { invoiceView } from '../invoice/view.ts';
import { orderPlan } from '../subscription/change.ts';
import { paymentData } from './message.ts';
import { paymentView } from './view.ts';

/**
 * Reports that a bank transfer was sent: a payment that waits for an operator. Names an open invoice, or a plan whose
 * invoice is then made. Refuses `not_found`, `payment_state` for an invoice that is not open or has a payment that
 * waits, `currency_mismatch`, and what a change of the subscription refuses. Less or more than is due may be reported.
 */
export async function submitBankTransfer(context: Context<'paymentMethods'>, input: SubmitBankTransferInput) {
  const { tx, paymentMethods } = context;
  const notOffered = refusalIfNotOffered('bank_transfer', paymentMethods);
  if (notOffered !== undefined) return notOffered;
  await lockAccount(tx);
  const invoiceId = await invoiceToPay(context, input);
  if (isRefusal(invoiceId)) return invoiceId;
  const invoice = await findInvoice(tx, invoiceId);
  if (invoice === null) return refuse('not_found');
  if (!isPayable(invoice.status)) return refuse('payment_state');
  if ((await pendingPayments(tx, invoice.id)).length > 0) return refuse('payment_state');
  const { payerName, amount, currency, externalPaymentId = null } = input;
  const mismatch = refusalIfCurrencyDiffers(invoice, { amount, currency });
  if (mismatch !== undefined) return mismatch;
  const transfer = { invoiceId, payerName, amount, currency, externalPaymentId };
  const payment = await insertBankTransfer(tx, transfer);
  if (input.proofUrl !== undefined) await insertProof(tx, payment.id, { url: input.proofUrl });
  await beginReview({ tx }, invoice);
  await enqueueOutboxMessage(tx, 'payment.submitted', paymentData(payment));
  const { reference } = invoice;
  return { ...paymentView(payment), invoice: await invoiceView(tx, invoice), reference };
}

async function invoiceToPay(
  context: Context<'paymentMethods'>,
  { invoiceId, planSlug = '' }: SubmitBankTransferInput,
) {
  if (invoiceId !== undefined) return invoiceId;
  const changed = await orderPlan(context, { planSlug, paymentMethod: 'bank_transfer' });
  return isRefusal(changed) ? changed : changed.invoice.id;
}
