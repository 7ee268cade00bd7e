import type { RefundPaymentInput } from '@tenantry/contract/staff-payment';
import { enqueueOutboxMessage } from '@tenantry/db/audit/queries';
import type { Invoice, Payment } from '@tenantry/db/billing/entity';
import { appliedAmount, insertMoneyEntry, invoicedAmount, moneyBalance } from '@tenantry/db/billing/money';
import { findInvoice, findPayment } from '@tenantry/db/billing/queries';
import { updateRow } from '@tenantry/db/row';
import { nextPaymentStatus } from '@tenantry/domain/payment/status';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import { issueCreditNote } from '../billing/issue-credit-note.ts';
import { undoInvoice } from '../billing/undo.ts';
import type { Context } from '../context.ts';
import { paymentView } from '../payment/view.ts';
import { refusalIfStaffIsMember } from './conflict-of-interest.ts';

/**
 * Books that staff sent money of a payment back, a part or the rest of it: from the balance of the account first, and then
 * from the paid invoice, for which the account gets a credit note. A part changes nothing else. When all that a paid
 * invoice was paid with is sent back, what it began is taken
 * back: its periods end and so do the credits that are left; nothing is owed. Refuses `not_found`, `payment_state` with the
 * reason for a payment that did not succeed, `amount_mismatch` with the figures above what is left of the payment or is
 * there to send, and `role_forbids` to staff who are members of the account.
 */
export async function refundPayment({ tx }: Context, { paymentId, amount, reason }: RefundPaymentInput) {
  const conflict = await refusalIfStaffIsMember(tx);
  if (conflict !== undefined) return conflict;
  const payment = await findPayment(tx, paymentId);
  if (payment === null) return refuse('not_found');
  const left = payment.amount - payment.refundedAmount;
  const status = nextPaymentStatus(payment.status, amount === left ? 'refund' : 'refund_part');
  if (isRefusal(status)) return refuse('payment_state', { reason: payment.status });
  const invoice = await findInvoice(tx, payment.invoiceId);
  if (invoice === null) throw new Error(`The payment ${paymentId} is for no invoice.`);
  const sources = await sourcesOf({ tx }, invoice, payment);
  const available = Math.min(left, sources.balance + sources.invoiced);
  if (amount > available) return refuse('amount_mismatch', { required: amount, available });
  const { currency } = payment;
  const fromBalance = Math.min(amount, sources.balance);
  const entry = { currency, paymentId, reason };
  if (fromBalance > 0) await insertMoneyEntry(tx, { kind: 'refund', amount: fromBalance, ...entry });
  const fromInvoice = { amount: amount - fromBalance, invoiceId: invoice.id };
  if (fromInvoice.amount > 0) await insertMoneyEntry(tx, { kind: 'credit', ...fromInvoice, ...entry });
  await updateRow(tx, payment, { status, reason, refundedAmount: payment.refundedAmount + amount });
  if (fromInvoice.amount > 0 && (await invoicedAmount(tx, invoice.id)) === 0)
    await undoInvoice({ tx }, invoice, { owes: false });
  if (fromInvoice.amount > 0)
    await issueCreditNote({ tx }, { invoice, paymentId, amount: fromInvoice.amount });
  const sent = { paymentId, invoiceId: invoice.id, amount: { amount, currency } };
  await enqueueOutboxMessage(tx, 'payment.refunded', sent);
  return paymentView(payment);
}

/** Where money that is sent back can come from: the balance, and what the payment put into an invoice that is paid. */
async function sourcesOf({ tx }: Pick<Context, 'tx'>, invoice: Invoice, payment: Payment) {
  const balance = Math.max(0, await moneyBalance(tx, payment.currency));
  const isPaid = invoice.status === 'paid';
  const applied = { invoiceId: invoice.id, paymentId: payment.id };
  return { balance, invoiced: isPaid ? await appliedAmount(tx, applied) : 0 };
}
