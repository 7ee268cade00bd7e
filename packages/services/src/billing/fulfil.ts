import { enqueueOutboxMessage } from '@tenantry/db/audit/queries';
import type { Invoice, Payment } from '@tenantry/db/billing/entity';
import { updateRow } from '@tenantry/db/row';
import { type InvoiceKind, nextInvoiceStatus } from '@tenantry/domain/invoice/status';
import { nextPaymentStatus } from '@tenantry/domain/payment/status';
import { type Refusal, isRefusal } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { invoiceData } from '../invoice/message.ts';
import { paymentData } from '../payment/message.ts';
import { activateSubscription } from '../subscription/activate.ts';
import { grantPackage } from './grant-package.ts';

/** An invoice that is paid, and the payment that completed it. */
export interface PaidInvoice {
  invoice: Invoice;
  payment: Payment;
}

/** Money that arrived: the payment that it confirms and the invoice that it is booked on. */
export interface Arrival {
  payment: Payment;
  invoice: Invoice;
  externalPaymentId: string;
  payerName: string;
}

/**
 * Books money that arrived on an invoice: the payment succeeds, and when the invoice is paid, what it is for begins. All of
 * it, with its messages, is in the transaction of the caller. Nothing else fulfils. The account is locked. Refuses
 * `payment_state` for a payment that no longer waits, or an invoice on which no money is due.
 */
export async function fulfil(
  { tx }: Pick<Context, 'tx'>,
  { payment, invoice, externalPaymentId, payerName }: Arrival,
): Promise<Refusal<'payment_state'> | undefined> {
  const status = nextPaymentStatus(payment.status, 'confirm');
  if (isRefusal(status)) return status;
  const invoiceStatus = nextInvoiceStatus(invoice.status, 'pay');
  if (isRefusal(invoiceStatus)) return invoiceStatus;
  const confirmation = { confirmedAt: tx.now, confirmedBy: tx.actorName };
  await updateRow(tx, payment, {
    status,
    externalPaymentId,
    payerName,
    invoiceId: invoice.id,
    ...confirmation,
  });
  await updateRow(tx, invoice, { status: invoiceStatus, amountPaid: invoice.amount, paidAt: tx.now });
  await enqueueOutboxMessage(tx, 'payment.succeeded', paymentData(payment));
  await enqueueOutboxMessage(tx, 'invoice.paid', invoiceData(invoice));
  await fulfilments[invoice.kind]({ tx }, { invoice, payment });
  return undefined;
}

/** What begins when an invoice of each kind is paid. */
const fulfilments: Readonly<
  Record<InvoiceKind, (context: Pick<Context, 'tx'>, paid: PaidInvoice) => Promise<void>>
> = {
  subscription: beginPlan,
  upgrade: beginPlan,
  package: grantPackage,
};

async function beginPlan(
  { tx }: Pick<Context, 'tx'>,
  { invoice: { id, planId = null }, payment }: PaidInvoice,
): Promise<void> {
  if (planId === null) throw new Error(`The invoice ${id} is for no plan.`);
  const { externalPaymentId = null } = payment;
  if (externalPaymentId === null) throw new Error(`The payment ${payment.id} has no reference of a bank.`);
  await activateSubscription({ tx }, { planId, externalPaymentId, paymentId: payment.id });
}
