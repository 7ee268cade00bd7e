import type { ReturnPaymentInput } from '@tenantry/contract/staff-payment';
import { enqueueOutboxMessage } from '@tenantry/db/audit/queries';
import type { Invoice, Payment } from '@tenantry/db/billing/entity';
import { appliedAmount, insertMoneyEntry } from '@tenantry/db/billing/money';
import { findInvoice, findPayment } from '@tenantry/db/billing/queries';
import { updateRow } from '@tenantry/db/row';
import { isPayable, nextInvoiceStatus } from '@tenantry/domain/invoice/status';
import { nextPaymentStatus } from '@tenantry/domain/payment/status';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import { payFromBalance } from '../billing/fulfil.ts';
import { undoInvoice } from '../billing/undo.ts';
import type { Context } from '../context.ts';
import { changeInvoices } from '../invoice/open.ts';
import { voidInvoice } from '../invoice/void.ts';
import { paymentData } from '../payment/message.ts';
import { paymentView } from '../payment/view.ts';
import { refusalIfStaffIsMember } from './conflict-of-interest.ts';

/**
 * Books that the bank took a payment back, by new entries. Its invoice is due again, and what a paid one began is taken
 * back: the subscription is as unpaid, credits that are left end, and those that were spent are owed. An invoice of the
 * subscription that is due again takes the place of any other, whose money goes to the balance; the balance pays what is
 * due, the oldest first. A balance that the money was used from goes below zero. Refuses `not_found`, `payment_state` with the reason for a payment that did not
 * succeed, and `role_forbids` to staff who are members of the account.
 */
export async function returnPayment({ tx }: Context, { paymentId, reason }: ReturnPaymentInput) {
  const conflict = await refusalIfStaffIsMember(tx);
  if (conflict !== undefined) return conflict;
  const payment = await findPayment(tx, paymentId);
  if (payment === null) return refuse('not_found');
  const status = nextPaymentStatus(payment.status, 'return');
  if (isRefusal(status)) return refuse('payment_state', { reason: payment.status });
  const invoice = await findInvoice(tx, payment.invoiceId);
  if (invoice === null) throw new Error(`The payment ${paymentId} is for no invoice.`);
  const isDueAgain = await takeBack({ tx }, invoice, payment);
  const { currency } = payment;
  const amount = payment.amount - payment.refundedAmount;
  await insertMoneyEntry(tx, { kind: 'return', amount, currency, paymentId, reason });
  await updateRow(tx, payment, { status, reason });
  await enqueueOutboxMessage(tx, 'payment.returned', paymentData(payment));
  if (isDueAgain && invoice.kind !== 'package')
    for (const other of await changeInvoices(tx))
      if (other.id !== invoice.id) await voidInvoice(tx, other, 'superseded');
  await payFromBalance({ tx }, currency);
  return paymentView(payment);
}

/**
 * Gives the money of a payment that is in an invoice back to the balance, and undoes what a paid invoice began. Answers
 * whether the invoice is due again.
 */
async function takeBack({ tx }: Pick<Context, 'tx'>, invoice: Invoice, payment: Payment): Promise<boolean> {
  const { id: invoiceId, currency } = invoice;
  const amount = await appliedAmount(tx, { invoiceId, paymentId: payment.id });
  const wasPaid = invoice.status === 'paid';
  if (amount === 0 || (!wasPaid && !isPayable(invoice.status))) return false;
  if (wasPaid) await undoInvoice({ tx }, invoice, { owes: true });
  await insertMoneyEntry(tx, { kind: 'release', amount, currency, invoiceId, paymentId: payment.id });
  const amountPaid = invoice.amountPaid - amount;
  const status = nextInvoiceStatus(invoice.status, amountPaid === 0 ? 'take_back' : 'take_back_part');
  if (isRefusal(status))
    throw new Error(`The invoice ${invoiceId} is ${invoice.status} and was to be due again.`);
  await updateRow(tx, invoice, { status, amountPaid, paidAt: null });
  return wasPaid;
}
