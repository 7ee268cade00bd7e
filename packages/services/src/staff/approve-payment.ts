import type { ApprovePaymentInput } from '@tenantry/contract/staff-payment';
import { findApproval, insertApproval } from '@tenantry/db/billing/approvals';
import {
  findInvoice,
  findPayment,
  insertBankTransfer,
  openInvoices,
  pendingPayments,
} from '@tenantry/db/billing/queries';
import {
  onlyInvoice,
  refusalIfCurrencyDiffers,
  refusalIfMoneyDiffers,
} from '@tenantry/domain/billing/confirm';
import { isPayable } from '@tenantry/domain/invoice/status';
import { normaliseReference } from '@tenantry/domain/money';
import { refusalIfNotPending } from '@tenantry/domain/payment/status';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { paymentView } from '../payment/view.ts';
import { refusalIfStaffIsMember } from './conflict-of-interest.ts';
import { whyClosed } from './why-closed.ts';

/**
 * The first of two approvals of money above the operator's limit: writes who says that it arrived. Another member of staff
 * confirms it then. Asking again for the same money changes nothing. Without a payment, one of the open invoice is made
 * that waits. Refuses `not_found`, `payment_state` with the reason, `invoice_ambiguous`, `currency_mismatch` with both,
 * `amount_mismatch` for money other than what was approved before, `invalid_input` for a reference without a letter or digit, and `role_forbids` to staff of the account.
 */
export async function approvePayment({ tx }: Context, input: ApprovePaymentInput) {
  const conflict = await refusalIfStaffIsMember(tx);
  if (conflict !== undefined) return conflict;
  const { amount, currency, payerName, externalPaymentId } = input;
  const reference = normaliseReference(externalPaymentId);
  if (reference === '') return refuse('invalid_input', emptyReference);
  const named = input.paymentId === undefined ? undefined : await findPayment(tx, input.paymentId);
  if (named === null) return refuse('not_found');
  if (named !== undefined && refusalIfNotPending(named.status) !== undefined)
    return refuse('payment_state', { reason: named.status });
  const invoiceId = input.invoiceId ?? named?.invoiceId;
  const invoice =
    invoiceId === undefined ? onlyInvoice(await openInvoices(tx)) : await findInvoice(tx, invoiceId);
  if (invoice === null) return refuse('not_found');
  if (isRefusal(invoice)) return invoice;
  if (!isPayable(invoice.status)) return whyClosed(invoice);
  const mismatch = refusalIfCurrencyDiffers(invoice, { amount, currency });
  if (mismatch !== undefined) return mismatch;
  const transfer = { invoiceId: invoice.id, payerName, amount, currency, externalPaymentId };
  const waiting = named ?? (await pendingPayments(tx, invoice.id))[0];
  const payment = waiting ?? (await insertBankTransfer(tx, transfer));
  const known = await findApproval(tx, payment.id);
  const approved = { paymentId: payment.id, invoiceId: invoice.id, reference, amount, currency };
  if (known === undefined) await insertApproval(tx, approved);
  else {
    const other = refusalIfMoneyDiffers(known, { amount, currency });
    if (other !== undefined) return other;
  }
  return { ...paymentView(payment), approvedBy: known?.approvedBy ?? tx.actorName };
}

const emptyReference = { errors: [{ path: 'externalPaymentId', message: 'has no letter or digit' }] };
