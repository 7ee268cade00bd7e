import { tellOthers } from '@tenantry/db/audit/queries';
import type { Invoice, Payment } from '@tenantry/db/billing/entity';
import {
  findExternalReference,
  findInvoice,
  findPayment,
  findProof,
  insertBankTransfer,
  insertExternalReference,
  insertProof,
  openInvoices,
  pendingPayments,
} from '@tenantry/db/billing/queries';
import { uniqueConstraintOf } from '@tenantry/db/constraints';
import { accountOfSubscription } from '@tenantry/db/staff/queries';
import type { Records } from '@tenantry/db/transact';
import { isPending, matchesInvoice, onlyInvoice } from '@tenantry/domain/billing/confirm';
import { normaliseReference } from '@tenantry/domain/money';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import { getCredits } from '../credit/get.ts';
import { getInvoice } from '../invoice/get.ts';
import { paymentView } from '../payment/view.ts';
import type { Flow, Replay } from '../ports.ts';
import { activateSubscription } from '../subscription/activate.ts';
import { getSubscription } from '../subscription/get.ts';
import { refusalOfInsider } from './insider.ts';
import { Unchanged, onAccount } from './on-account.ts';

export interface ConfirmInput {
  subscriptionId?: string | undefined;
  accountId?: string | undefined;
  paymentId?: string | undefined;
  externalPaymentId: string;
  amount: number;
  currency: string;
  payerName: string;
  proofId?: string | undefined;
  proofUrl?: string | undefined;
}

/**
 * Books money that arrived by bank transfer, in one transaction: payment succeeded, invoice paid, subscription
 * active with its period, the plan's credits set. The same bank reference again answers the same bytes and does
 * nothing. Refuses `not_found`, `reference_taken` on another account, `amount_mismatch`, `currency_mismatch`,
 * `invoice_ambiguous`, `payment_state`, and `role_forbids` to staff who are members of the account.
 */
export async function confirmBankTransfer(flow: Flow, input: ConfirmInput): Promise<Replay | Refusal> {
  const reference = normaliseReference(input.externalPaymentId);
  if (reference === '') return refuse('invalid_input', emptyReference);
  const accountId = await accountOf(flow, input);
  if (accountId === undefined) return refuse('not_found');
  const facts = { reference, amount: String(input.amount), currency: input.currency };
  const deed = { accountId, action: 'billing.confirmBankTransfer', subjectId: reference, facts };
  try {
    return await onAccount<Replay>(flow, deed, (records) => book(records, reference, input));
  } catch (fault) {
    // Another account booked the reference between our look and our write.
    if (uniqueConstraintOf(fault)?.startsWith('external_reference')) return refuse('reference_taken');
    throw fault;
  }
}

const emptyReference = { errors: [{ path: 'externalPaymentId', message: 'has no letter or digit' }] };

async function accountOf({ database }: Flow, input: ConfirmInput): Promise<string | undefined> {
  const { subscriptionId, accountId } = input;
  if (subscriptionId === undefined) return accountId;
  const owner = await database.look({}, (em) => accountOfSubscription(em, subscriptionId));
  return accountId === undefined || accountId === owner ? owner : undefined;
}

async function book(
  records: Records,
  reference: string,
  input: ConfirmInput,
): Promise<Replay | Unchanged<Replay> | Refusal> {
  const insider = await refusalOfInsider(records);
  if (insider !== undefined) return insider;
  const known = await findExternalReference(records, reference);
  if (known !== null)
    return known.accountId === records.accountId ? replay(records, known, input) : refuse('reference_taken');
  const found = await paymentToBook(records, input);
  if (isRefusal(found)) return found;
  const { payment, invoice } = found;
  await succeed(records, payment, invoice, input);
  await activateSubscription(records, invoice.planId, input.externalPaymentId);
  if (input.proofUrl !== undefined) await insertProof(records, payment.id, { url: input.proofUrl });
  const answer = JSON.stringify({
    payment: paymentView(payment),
    invoice: await getInvoice(records, { invoiceId: invoice.id }),
    subscription: await getSubscription(records),
    credits: await getCredits(records),
  });
  await insertExternalReference(records, { reference, paymentId: payment.id, answer });
  await tellOthers(records, 'payment.succeeded', { paymentId: payment.id });
  return { replay: answer };
}

async function replay(
  records: Records,
  known: { paymentId: string; answer: string },
  { amount, currency, paymentId }: ConfirmInput,
): Promise<Unchanged<Replay> | Refusal> {
  const payment = await findPayment(records, known.paymentId);
  if (payment === null || (paymentId !== undefined && paymentId !== payment.id))
    return refuse('reference_taken');
  return matchesInvoice(payment, { amount, currency }) ?? new Unchanged({ replay: known.answer });
}

async function paymentToBook(
  records: Records,
  input: ConfirmInput,
): Promise<{ payment: Payment; invoice: Invoice } | Refusal> {
  const named = input.paymentId === undefined ? undefined : await findPayment(records, input.paymentId);
  if (named === null) return refuse('not_found');
  const closed = named === undefined ? undefined : isPending(named.status);
  if (closed !== undefined) return closed;
  const invoice =
    named === undefined
      ? onlyInvoice(await openInvoices(records))
      : await findInvoice(records, named.invoiceId);
  if (invoice === null) return refuse('not_found');
  if (isRefusal(invoice)) return invoice;
  if (invoice.status !== 'open') return refuse('payment_state');
  const { amount, currency, payerName, externalPaymentId } = input;
  const mismatch = matchesInvoice(invoice, { amount, currency });
  if (mismatch !== undefined) return mismatch;
  const waiting = named ?? (await pendingPayments(records, invoice.id))[0];
  const transfer = { invoiceId: invoice.id, payerName, amount, currency, externalPaymentId };
  const payment = waiting ?? (await insertBankTransfer(records, transfer));
  if (input.proofId !== undefined && (await findProof(records, input.proofId))?.paymentId !== payment.id)
    return refuse('not_found');
  return { payment, invoice };
}

async function succeed(
  records: Records,
  payment: Payment,
  invoice: Invoice,
  input: ConfirmInput,
): Promise<void> {
  payment.status = 'succeeded';
  payment.externalPaymentId = input.externalPaymentId;
  payment.payerName = input.payerName;
  payment.confirmedAt = records.now;
  payment.confirmedBy = records.actorName;
  invoice.status = 'paid';
  invoice.paidAt = records.now;
  await records.em.flush();
}
