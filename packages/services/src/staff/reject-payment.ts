import type { RejectPaymentInput } from '@tenantry/contract/staff-payment';
import { enqueueOutboxMessage } from '@tenantry/db/audit/queries';
import { findPayment } from '@tenantry/db/billing/queries';
import { updateRow } from '@tenantry/db/row';
import { nextPaymentStatus } from '@tenantry/domain/payment/status';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import { endReview } from '../billing/review.ts';
import type { Context } from '../context.ts';
import { paymentData } from '../payment/message.ts';
import { paymentView } from '../payment/view.ts';
import { refusalIfStaffIsMember } from './conflict-of-interest.ts';

/**
 * Rejects a bank transfer with a reason; the invoice stays open. Refuses `not_found`, `payment_state`, and
 * `role_forbids` to staff who are members of the account.
 */
export async function rejectPayment({ tx, now }: Context, { paymentId, reason }: RejectPaymentInput) {
  const conflict = await refusalIfStaffIsMember(tx);
  if (conflict !== undefined) return conflict;
  const payment = await findPayment(tx, paymentId);
  if (payment === null) return refuse('not_found');
  const status = nextPaymentStatus(payment.status, 'reject');
  if (isRefusal(status)) return status;
  await updateRow(tx, payment, { status, reason, confirmedAt: now, confirmedBy: tx.actorName });
  await endReview({ tx });
  await enqueueOutboxMessage(tx, 'payment.rejected', { ...paymentData(payment), reason });
  return paymentView(payment);
}
