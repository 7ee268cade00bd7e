import type { ApproveStatementLineInput } from '@tenantry/contract/statement';
import { isRefusal } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { approvePayment } from '../staff/approve-payment.ts';
import { transferOfLine } from './bookable.ts';

/**
 * The first of two approvals of a line whose money is above the operator's limit. The line waits on, until another member of
 * staff confirms it. Refuses what `transferOfLine` refuses, and whatever the approval of a payment refuses.
 */
export async function approveLine(context: Context, input: ApproveStatementLineInput) {
  const transfer = await transferOfLine(context, input);
  if (isRefusal(transfer)) return transfer;
  const approved = await approvePayment(context, transfer);
  return isRefusal(approved) ? approved : { lineId: input.lineId, payment: approved };
}
