import type { ReturnStatementLineInput } from '@tenantry/contract/statement';
import { findPayment } from '@tenantry/db/billing/queries';
import { decideLine, lockStatementLine } from '@tenantry/db/statement/queries';
import { refusalIfMoneyDiffers } from '@tenantry/domain/billing/confirm';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { returnPayment } from '../staff/return-payment.ts';

/**
 * Books that a line takes a payment back, and marks the line, in the transaction. Refuses `not_found`, `conflict` for a
 * line that was decided on, `invalid_input` for a line that takes nothing back, `amount_mismatch` and `currency_mismatch`
 * for other money than that of the payment, and whatever the return of a payment refuses.
 */
export async function returnLine(context: Context, { lineId, paymentId, reason }: ReturnStatementLineInput) {
  const { tx } = context;
  const event = await lockStatementLine(tx, lineId);
  const payment = await findPayment(tx, paymentId);
  if (event === null || payment === null) return refuse('not_found');
  const { payload: line, status } = event;
  if (line.direction !== 'debit' || !line.isReversal) return refuse('invalid_input', takesNothingBack);
  if (status !== 'waiting') return refuse('conflict');
  const mismatch = refusalIfMoneyDiffers(payment, line);
  if (mismatch !== undefined) return mismatch;
  const returned = await returnPayment(context, { paymentId, reason });
  if (isRefusal(returned)) return returned;
  const outcome = { accountId: tx.accountId, invoiceId: payment.invoiceId, paymentId };
  await decideLine(tx, lineId, { at: tx.now, by: tx.actorName, outcome });
  return { lineId, payment: returned };
}

const takesNothingBack = { errors: [{ path: 'lineId', message: 'takes no earlier payment back' }] };
