import { enqueueOutboxMessage } from '@tenantry/db/audit/queries';
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
import { refuseIfTaken } from '@tenantry/db/constraints';
import { accountOfSubscription } from '@tenantry/db/staff/queries';
import { updateRow } from '@tenantry/db/row';
import type { AccountTransaction } from '@tenantry/db/transaction';
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
  const callInfo = { accountId, action: 'billing.confirmBankTransfer', subjectId: reference, facts };
  return refuseIfTaken(referenceConflicts, () =>
    onAccount<Replay>(flow, callInfo, (tx) => book(tx, reference, input)),
  );
}

/** Another account booked the reference between our read and our write. */
const referenceConflicts = { external_reference_pkey: 'reference_taken' } as const;

const emptyReference = { errors: [{ path: 'externalPaymentId', message: 'has no letter or digit' }] };

async function accountOf({ database }: Flow, input: ConfirmInput): Promise<string | undefined> {
  const { subscriptionId, accountId } = input;
  if (subscriptionId === undefined) return accountId;
  const owner = await database.withoutAccount.read({}, (tx) => accountOfSubscription(tx, subscriptionId));
  return accountId === undefined || accountId === owner ? owner : undefined;
}

async function book(
  tx: AccountTransaction,
  reference: string,
  input: ConfirmInput,
): Promise<Replay | Unchanged<Replay> | Refusal> {
  const insider = await refusalOfInsider(tx);
  if (insider !== undefined) return insider;
  const known = await findExternalReference(tx, reference);
  if (known !== null)
    return known.accountId === tx.accountId ? replay(tx, known, input) : refuse('reference_taken');
  const found = await paymentToBook(tx, input);
  if (isRefusal(found)) return found;
  const { payment, invoice } = found;
  await succeed(tx, payment, invoice, input);
  await activateSubscription(tx, invoice.planId, input.externalPaymentId);
  if (input.proofUrl !== undefined) await insertProof(tx, payment.id, { url: input.proofUrl });
  const answer = JSON.stringify({
    payment: paymentView(payment),
    invoice: await getInvoice(tx, { invoiceId: invoice.id }),
    subscription: await getSubscription(tx),
    credits: await getCredits(tx),
  });
  await insertExternalReference(tx, { reference, paymentId: payment.id, answer });
  await enqueueOutboxMessage(tx, 'payment.succeeded', { paymentId: payment.id });
  return { replay: answer };
}

async function replay(
  tx: AccountTransaction,
  known: { paymentId: string; answer: string },
  { amount, currency, paymentId }: ConfirmInput,
): Promise<Unchanged<Replay> | Refusal> {
  const payment = await findPayment(tx, known.paymentId);
  if (payment === null || (paymentId !== undefined && paymentId !== payment.id))
    return refuse('reference_taken');
  return matchesInvoice(payment, { amount, currency }) ?? new Unchanged({ replay: known.answer });
}

async function paymentToBook(
  tx: AccountTransaction,
  input: ConfirmInput,
): Promise<{ payment: Payment; invoice: Invoice } | Refusal> {
  const named = input.paymentId === undefined ? undefined : await findPayment(tx, input.paymentId);
  if (named === null) return refuse('not_found');
  const closed = named === undefined ? undefined : isPending(named.status);
  if (closed !== undefined) return closed;
  const invoice =
    named === undefined ? onlyInvoice(await openInvoices(tx)) : await findInvoice(tx, named.invoiceId);
  if (invoice === null) return refuse('not_found');
  if (isRefusal(invoice)) return invoice;
  if (invoice.status !== 'open') return refuse('payment_state');
  const { amount, currency, payerName, externalPaymentId } = input;
  const mismatch = matchesInvoice(invoice, { amount, currency });
  if (mismatch !== undefined) return mismatch;
  const waiting = named ?? (await pendingPayments(tx, invoice.id))[0];
  const transfer = { invoiceId: invoice.id, payerName, amount, currency, externalPaymentId };
  const payment = waiting ?? (await insertBankTransfer(tx, transfer));
  if (input.proofId !== undefined && (await findProof(tx, input.proofId))?.paymentId !== payment.id)
    return refuse('not_found');
  return { payment, invoice };
}

async function succeed(
  tx: AccountTransaction,
  payment: Payment,
  invoice: Invoice,
  input: ConfirmInput,
): Promise<void> {
  const { externalPaymentId, payerName } = input;
  const confirmation = { confirmedAt: tx.now, confirmedBy: tx.actorName };
  await updateRow(tx, payment, { status: 'succeeded', externalPaymentId, payerName, ...confirmation });
  await updateRow(tx, invoice, { status: 'paid', paidAt: tx.now });
}
