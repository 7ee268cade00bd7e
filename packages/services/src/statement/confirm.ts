import type { ConfirmStatementLineInput } from '@tenantry/contract/statement';
import { isStoredAnswer } from '@tenantry/db/idempotency/call';
import { decideLine } from '@tenantry/db/statement/queries';
import { isRefusal } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { confirmBankTransfer } from '../staff/confirm-bank-transfer.ts';
import { transferOfLine } from './bookable.ts';

/**
 * Books the money of a line as a bank transfer of the account, and marks the line as booked, in the transaction. Refuses
 * what `transferOfLine` refuses, and whatever the confirmation of a bank transfer refuses.
 */
export async function confirmLine(context: Context<'approvals'>, input: ConfirmStatementLineInput) {
  const { tx } = context;
  const transfer = await transferOfLine(context, input);
  if (isRefusal(transfer)) return transfer;
  const confirmed = await confirmBankTransfer(context, transfer);
  if (isRefusal(confirmed)) return confirmed;
  if (isStoredAnswer(confirmed))
    throw new Error(`The reference ${transfer.externalPaymentId} is booked and was not found.`);
  const { lineId, accountId } = input;
  const outcome = { accountId, invoiceId: confirmed.invoice.id, paymentId: confirmed.payment.id };
  await decideLine(tx, lineId, { at: tx.now, by: tx.actorName, outcome });
  return { ...confirmed, lineId };
}
