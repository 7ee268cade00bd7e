import type { ConfirmStatementLineInput } from '@tenantry/contract/statement';
import { findExternalReference } from '@tenantry/db/billing/queries';
import type { ProviderEvent } from '@tenantry/db/statement/entity';
import { countBankId, decideLine, lockStatementLine } from '@tenantry/db/statement/queries';
import { isStoredAnswer } from '@tenantry/db/idempotency/call';
import { normaliseReference } from '@tenantry/domain/money';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import { bookingReference } from '@tenantry/domain/statement/event';
import type { Context } from '../context.ts';
import { confirmBankTransfer } from '../staff/confirm-bank-transfer.ts';

/**
 * Books the money of a line as a bank transfer of the account, and marks the line as booked, in the transaction. Refuses
 * `not_found`, `conflict` for a line that was decided on, `invalid_input` for money that went out, `reference_taken` when
 * staff have booked the bank's id by hand, and whatever the confirmation of a bank transfer refuses.
 */
export async function confirmLine(context: Context<'approvals'>, input: ConfirmStatementLineInput) {
  const { tx } = context;
  const { lineId, accountId, invoiceId, paymentId } = input;
  const event = await lockStatementLine(tx, lineId);
  if (event === null) return refuse('not_found');
  const { payload: line, status } = event;
  if (line.direction !== 'credit') return refuse('invalid_input', wentOut);
  if (status !== 'waiting') return refuse('conflict');
  const externalPaymentId = await referenceOf(context, event);
  // A line is booked once, so a reference that is taken was booked by hand.
  if ((await findExternalReference(tx, normaliseReference(externalPaymentId))) !== null)
    return refuse('reference_taken');
  const { amount, currency } = line;
  const confirmed = await confirmBankTransfer(context, {
    accountId,
    invoiceId,
    paymentId,
    externalPaymentId,
    amount,
    currency,
    payerName: line.name ?? line.counterpartyAccount ?? unnamedPayer,
  });
  if (isRefusal(confirmed)) return confirmed;
  if (isStoredAnswer(confirmed))
    throw new Error(`The reference ${externalPaymentId} is booked and was not found.`);
  const outcome = { accountId, invoiceId: confirmed.invoice.id, paymentId: confirmed.payment.id };
  await decideLine(tx, lineId, { at: tx.now, by: tx.actorName, outcome });
  return { ...confirmed, lineId };
}

const wentOut = { errors: [{ path: 'lineId', message: 'is money that went out' }] };

/** Who paid, where the bank names neither a person nor an account. */
const unnamedPayer = 'A payer whom the bank does not name';

async function referenceOf({ tx }: Context, { eventId, payload }: ProviderEvent): Promise<string> {
  return bookingReference(payload, { eventId, linesWithBankId: await countBankId(tx, payload) });
}
