import type { SubmitBankTransferInput } from '@tenantry/contract/payment';
import { lockAccount } from '@tenantry/db/account/queries';
import { findInvoice, insertBankTransfer, insertProof, pendingPayments } from '@tenantry/db/billing/queries';
import { getPlan } from '@tenantry/db/plan/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { refusalIfMoneyDiffers } from '@tenantry/domain/billing/confirm';
import { nextInvoiceStatus } from '@tenantry/domain/invoice/status';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import { invoiceView } from '../invoice/view.ts';
import { changeSubscription } from '../subscription/change.ts';
import { paymentView } from './view.ts';

/**
 * Says that money was sent: a payment that waits for an operator. Names an open invoice, or a plan whose invoice
 * is then made. Refuses `not_found`, `payment_state` for an invoice that is paid or has a payment waiting,
 * `amount_mismatch`, `currency_mismatch`.
 */
export async function submitBankTransfer(tx: AccountTransaction, input: SubmitBankTransferInput) {
  await lockAccount(tx);
  const invoiceId = await invoiceToPay(tx, input);
  if (isRefusal(invoiceId)) return invoiceId;
  const invoice = await findInvoice(tx, invoiceId);
  if (invoice === null) return refuse('not_found');
  const payable = nextInvoiceStatus(invoice.status, 'pay');
  if (isRefusal(payable)) return payable;
  if ((await pendingPayments(tx, invoice.id)).length > 0) return refuse('payment_state');
  const { payerName, amount, currency, externalPaymentId = null } = input;
  const mismatch = refusalIfMoneyDiffers(invoice, { amount, currency });
  if (mismatch !== undefined) return mismatch;
  const transfer = { invoiceId, payerName, amount, currency, externalPaymentId };
  const payment = await insertBankTransfer(tx, transfer);
  if (input.proofUrl !== undefined) await insertProof(tx, payment.id, { url: input.proofUrl });
  const plan = await getPlan(tx, invoice.planId);
  return { ...paymentView(payment), invoice: invoiceView(invoice, plan.slug), reference: invoice.reference };
}

async function invoiceToPay(tx: AccountTransaction, { invoiceId, planSlug }: SubmitBankTransferInput) {
  if (invoiceId !== undefined) return invoiceId;
  if (planSlug === undefined) return refuse('invalid_input');
  const changed = await changeSubscription(tx, { planSlug, paymentMethod: 'bank_transfer' });
  return isRefusal(changed) ? changed : changed.invoice.id;
}
