import { enqueueOutboxMessage } from '@tenantry/db/audit/queries';
import type { Invoice, Payment } from '@tenantry/db/billing/entity';
import { insertMoneyEntry, moneyBalance } from '@tenantry/db/billing/money';
import { openInvoices } from '@tenantry/db/billing/queries';
import { updateRow } from '@tenantry/db/row';
import { findUpgradeCredit } from '@tenantry/db/subscription/life';
import { payableNow } from '@tenantry/domain/billing/money-books';
import { type InvoiceKind, isPayable, nextInvoiceStatus } from '@tenantry/domain/invoice/status';
import { nextPaymentStatus } from '@tenantry/domain/payment/status';
import { type Refusal, isRefusal } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { invoiceData, openInvoiceData } from '../invoice/message.ts';
import { paymentData } from '../payment/message.ts';
import { activateSubscription } from '../subscription/activate.ts';
import { collectOwedCredits } from './collect-owed.ts';
import { grantPackage } from './grant-package.ts';
import { endReview } from './review.ts';

/** An invoice that is paid, and the payment that completed it; undefined where a balance did. */
export interface PaidInvoice {
  invoice: Invoice;
  payment: Payment | undefined;
}

/** Money that arrived: the payment that it confirms and the invoice that it is sent for. */
export interface Arrival {
  payment: Payment;
  invoice: Invoice;
  /** What arrived, in minor units of the invoice's currency. */
  amount: number;
  externalPaymentId: string;
  payerName: string;
}

/**
 * Books money that arrived: the payment succeeds, and its money goes into the balance of the account and from there onto
 * the invoice, as far as that is due. What is left pays other invoices of the currency, the oldest first, or stays the
 * balance. An invoice that is paid by this is fulfilled, and credits that the account owes are taken from what it gave. All of it, with its messages, is in the transaction of the caller.
 * Nothing else fulfils. The account is locked. Refuses `payment_state` for a payment that no longer waits.
 */
export async function fulfil(
  { tx }: Pick<Context, 'tx'>,
  { payment, invoice, amount, externalPaymentId, payerName }: Arrival,
): Promise<Refusal<'payment_state'> | undefined> {
  const status = nextPaymentStatus(payment.status, 'confirm');
  if (isRefusal(status)) return status;
  await endReview({ tx });
  const confirmation = { confirmedAt: tx.now, confirmedBy: tx.actorName };
  const { id: invoiceId, currency } = invoice;
  const arrived = { amount, currency, externalPaymentId, payerName, invoiceId };
  await updateRow(tx, payment, { status, ...arrived, ...confirmation });
  await insertMoneyEntry(tx, { kind: 'payment', amount, currency, paymentId: payment.id });
  await enqueueOutboxMessage(tx, 'payment.succeeded', paymentData(payment));
  if (isPayable(invoice.status)) await payInvoice({ tx }, invoice, payment);
  await payFromBalance({ tx }, currency);
  return undefined;
}

/** Pays the invoices of a currency from the balance of the account, the oldest first. The account is locked. */
export async function payFromBalance({ tx }: Pick<Context, 'tx'>, currency: string): Promise<void> {
  const open = await openInvoices(tx);
  for (const invoice of open.toReversed())
    if (invoice.currency === currency) await payInvoice({ tx }, invoice, undefined);
}

/** Applies the money of a payment and of the balance to an invoice, and fulfils what is then paid. */
async function payInvoice(
  { tx }: Pick<Context, 'tx'>,
  invoice: Invoice,
  payment: Payment | undefined,
): Promise<void> {
  const { id: invoiceId, currency } = invoice;
  const due = invoice.amount - invoice.amountPaid;
  const arrived = Math.min(due, payment?.amount ?? 0);
  const amount = payableNow(due, { arrived, balance: await moneyBalance(tx, currency) });
  if (amount === 0 && due > 0) return;
  if (arrived > 0 && payment !== undefined)
    await insertMoneyEntry(tx, {
      kind: 'apply',
      amount: arrived,
      currency,
      invoiceId,
      paymentId: payment.id,
    });
  if (amount > arrived)
    await insertMoneyEntry(tx, { kind: 'apply', amount: amount - arrived, currency, invoiceId });
  const status = nextInvoiceStatus(invoice.status, amount === due ? 'pay' : 'pay_part');
  if (isRefusal(status)) throw new Error(`The invoice ${invoiceId} is ${invoice.status} and was to be paid.`);
  const amountPaid = invoice.amountPaid + amount;
  await updateRow(tx, invoice, { status, amountPaid, paidAt: status === 'paid' ? tx.now : null });
  if (status !== 'paid') return enqueueOutboxMessage(tx, 'invoice.partially_paid', openInvoiceData(invoice));
  await enqueueOutboxMessage(tx, 'invoice.paid', invoiceData(invoice));
  await fulfilments[invoice.kind]({ tx }, { invoice, payment });
  return collectOwedCredits({ tx }, invoice);
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
  { invoice: { id: invoiceId, planId = null }, payment }: PaidInvoice,
): Promise<void> {
  if (planId === null) throw new Error(`The invoice ${invoiceId} is for no plan.`);
  const externalPaymentId = payment?.externalPaymentId ?? null;
  const paymentId = payment?.id ?? null;
  const upgrade = await findUpgradeCredit(tx, invoiceId);
  await activateSubscription({ tx }, { planId, invoiceId, externalPaymentId, paymentId, upgrade });
}
