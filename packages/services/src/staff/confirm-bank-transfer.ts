import type { ConfirmBankTransferInput } from '@tenantry/contract/staff-payment';
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
import { findApproval } from '@tenantry/db/billing/approvals';
import { refuseIfTaken } from '@tenantry/db/constraints';
import { findAnswer, rememberAnswer } from '@tenantry/db/idempotency/natural-key';
import type { AccountTransaction } from '@tenantry/db/transaction';
import {
  onlyInvoice,
  refusalIfCurrencyDiffers,
  refusalIfMoneyDiffers,
} from '@tenantry/domain/billing/confirm';
import { refusalIfNotApproved } from '@tenantry/domain/billing/approval';
import { isPayable } from '@tenantry/domain/invoice/status';
import { normaliseReference } from '@tenantry/domain/money';
import { refusalIfNotPending } from '@tenantry/domain/payment/status';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import { fulfil } from '../billing/fulfil.ts';
import type { Context } from '../context.ts';
import { getCredits } from '../credit/get.ts';
import { invoiceView } from '../invoice/view.ts';
import { paymentView } from '../payment/view.ts';
import { getSubscription } from '../subscription/get.ts';
import { refusalIfStaffIsMember } from './conflict-of-interest.ts';
import { whyClosed } from './why-closed.ts';

/** Another account booked the bank's reference at the same time. */
const conflicts = { external_reference_pkey: 'reference_taken' } as const;

/**
 * Books money that arrived by bank transfer: payment succeeded, invoice paid, subscription active with its period, the
 * plan's credits set, all in the transaction. Less than is due leaves the rest due, and more becomes the account's balance.
 * The same bank reference again answers the same bytes and changes nothing. Refuses `not_found`, `reference_taken` when the
 * reference belongs to another account or payment, `currency_mismatch` with both moneys, `amount_mismatch` for a known
 * reference with another amount, `invoice_ambiguous`, `payment_state` with the reason, for an invoice that is closed unless
 * the money is booked to the balance, and for money above the operator's limit that nobody else has approved, `invalid_input` for a reference without a letter or digit, and `role_forbids` to
 * staff who are members of the account.
 */
export async function confirmBankTransfer(context: Context<'approvals'>, input: ConfirmBankTransferInput) {
  const { tx } = context;
  const reference = normaliseReference(input.externalPaymentId);
  if (reference === '') return refuse('invalid_input', emptyReference);
  const conflict = await refusalIfStaffIsMember(tx);
  if (conflict !== undefined) return conflict;
  const known = await findExternalReference(tx, reference);
  if (known !== null)
    return known.accountId === tx.accountId
      ? answerAgain(tx, { reference, paymentId: known.paymentId }, input)
      : refuse('reference_taken');
  const found = await paymentToBook(tx, input);
  if (isRefusal(found)) return found;
  const { payment, invoice } = found;
  const {
    approvals,
    tx: { actorName: by },
  } = context;
  const approved = {
    approval: await findApproval(tx, payment.id),
    by,
    amounts: approvals.secondApproverAmounts,
  };
  const unapproved = refusalIfNotApproved(input, approved);
  if (unapproved !== undefined) return unapproved;
  const taken = await refuseIfTaken(conflicts, () =>
    insertExternalReference(tx, { reference, paymentId: payment.id }),
  );
  if (taken !== undefined) return taken;
  const { externalPaymentId, payerName, amount } = input;
  const closed = await fulfil(context, { payment, invoice, amount, externalPaymentId, payerName });
  if (closed !== undefined) return closed;
  if (input.proofUrl !== undefined) await insertProof(tx, payment.id, { url: input.proofUrl });
  const answer = {
    payment: paymentView(payment),
    invoice: await invoiceView(tx, invoice),
    subscription: await getSubscription(context),
    credits: await getCredits(context),
  };
  await rememberAnswer(tx, keyOf(reference), answer);
  return answer;
}

const emptyReference = { errors: [{ path: 'externalPaymentId', message: 'has no letter or digit' }] };

/** Where the answer to a bank's reference is kept, for as long as the account. */
const keyOf = (reference: string) => ({
  procedure: 'billing.confirmBankTransfer',
  key: `reference ${reference}`,
  // The payment and its money are compared with the input; nothing else of it counts.
  fingerprint: reference,
});

/** The answer that the reference was given first, for the same payment and money. */
async function answerAgain(
  tx: AccountTransaction,
  known: { reference: string; paymentId: string },
  { amount, currency, paymentId }: ConfirmBankTransferInput,
) {
  const payment = await findPayment(tx, known.paymentId);
  if (payment === null || (paymentId !== undefined && paymentId !== payment.id))
    return refuse('reference_taken');
  const mismatch = refusalIfMoneyDiffers(payment, { amount, currency });
  if (mismatch !== undefined) return mismatch;
  const stored = await findAnswer(tx, keyOf(known.reference));
  if (stored === undefined)
    throw new Error(`The answer to the bank reference ${known.reference} is missing.`);
  return stored.answer;
}

async function paymentToBook(tx: AccountTransaction, input: ConfirmBankTransferInput) {
  const named = input.paymentId === undefined ? undefined : await findPayment(tx, input.paymentId);
  if (named === null) return refuse('not_found');
  if (named !== undefined && refusalIfNotPending(named.status) !== undefined)
    return refuse('payment_state', { reason: named.status });
  const invoice = await invoiceToPay(tx, input.invoiceId, named);
  if (isRefusal(invoice)) return invoice;
  if (!isPayable(invoice.status) && input.toBalance !== true) return whyClosed(invoice);
  const { amount, currency, payerName, externalPaymentId } = input;
  const mismatch = refusalIfCurrencyDiffers(expectedOf(invoice), { amount, currency });
  if (mismatch !== undefined) return mismatch;
  const waiting = named ?? (await pendingPayments(tx, invoice.id))[0];
  const transfer = { invoiceId: invoice.id, payerName, amount, currency, externalPaymentId };
  const payment = waiting ?? (await insertBankTransfer(tx, transfer));
  if (input.proofId !== undefined && (await findProof(tx, input.proofId))?.paymentId !== payment.id)
    return refuse('not_found');
  return { payment, invoice };
}

/** What is due on an invoice. */
const expectedOf = ({ amount, amountPaid, currency }: Invoice) => ({ amount: amount - amountPaid, currency });

/**
 * The invoice that the money is for: the one that is named, else that of the payment, else the one that is open. A
 * payment is for another invoice than its own only where its own is void.
 */
async function invoiceToPay(
  tx: AccountTransaction,
  invoiceId: string | undefined,
  payment: Payment | undefined,
): Promise<Invoice | Refusal<'not_found' | 'invoice_ambiguous' | 'payment_state'>> {
  const id = invoiceId ?? payment?.invoiceId;
  if (id === undefined) return onlyInvoice(await openInvoices(tx));
  const invoice = await findInvoice(tx, id);
  if (invoice === null) return refuse('not_found');
  if (payment === undefined || payment.invoiceId === id) return invoice;
  const own = await findInvoice(tx, payment.invoiceId);
  return own?.status === 'void' ? invoice : refuse('payment_state', { reason: own?.status ?? 'open' });
}
