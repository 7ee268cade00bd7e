import type { ConfirmBankTransferInput } from '@tenantry/contract/staff-payment';
import { findApproval } from '@tenantry/db/billing/approvals';
import { insertBankTransfer, insertExternalReference, insertProof } from '@tenantry/db/billing/queries';
import { refuseIfTaken } from '@tenantry/db/constraints';
import { findAnswer, rememberAnswer } from '@tenantry/db/idempotency/natural-key';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { refusalIfNotApproved } from '@tenantry/domain/billing/approval';
import { isRefusal } from '@tenantry/domain/refusals';
import { fulfil } from '../billing/fulfil.ts';
import type { Context } from '../context.ts';
import { getCredits } from '../credit/get.ts';
import { invoiceView } from '../invoice/view.ts';
import { paymentView } from '../payment/view.ts';
import { getSubscription } from '../subscription/get.ts';
import { findTransfer } from './find-transfer.ts';

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
  const { tx, approvals } = context;
  const found = await findTransfer(tx, input);
  if (isRefusal(found)) return found;
  const { reference } = found;
  if (found.kind === 'booked') return answerAgain(tx, reference);
  const { invoice } = found;
  const { externalPaymentId, payerName, amount, currency } = input;
  const transfer = { invoiceId: invoice.id, payerName, amount, currency, externalPaymentId };
  const payment = found.payment ?? (await insertBankTransfer(tx, transfer));
  const approved = {
    approval: await findApproval(tx, payment.id),
    by: tx.actorName,
    amounts: approvals.secondApproverAmounts,
  };
  const unapproved = refusalIfNotApproved(input, approved);
  if (unapproved !== undefined) return unapproved;
  const taken = await refuseIfTaken(conflicts, () =>
    insertExternalReference(tx, { reference, paymentId: payment.id }),
  );
  if (taken !== undefined) return taken;
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

/** Where the answer to a bank's reference is kept, for as long as the account. */
const keyOf = (reference: string) => ({
  procedure: 'billing.confirmBankTransfer',
  key: `reference ${reference}`,
  // The payment and its money are compared with the input; nothing else of it counts.
  fingerprint: reference,
});

/** The answer that the reference was given first. */
async function answerAgain(tx: AccountTransaction, reference: string) {
  const stored = await findAnswer(tx, keyOf(reference));
  if (stored === undefined) throw new Error(`The answer to the bank reference ${reference} is missing.`);
  return stored.answer;
}
