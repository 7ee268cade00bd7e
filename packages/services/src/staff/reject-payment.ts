import type { RejectPaymentInput } from '@tenantry/contract/staff-payment';
import { enqueueOutboxMessage } from '@tenantry/db/audit/queries';
import { findPayment } from '@tenantry/db/billing/queries';
import { accountOfPayment } from '@tenantry/db/staff/queries';
import { nextPaymentStatus } from '@tenantry/domain/payment/status';
import { updateRow } from '@tenantry/db/row';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import { paymentView } from '../payment/view.ts';
import type { Flow } from '../ports.ts';
import { onAccount } from './on-account.ts';
import { refusalOfInsider } from './insider.ts';

/**
 * Rejects a bank transfer with a reason; the invoice stays open. Refuses `not_found`, `payment_state`, and
 * `role_forbids` to staff who are members of the account.
 */
export async function rejectPayment(flow: Flow, { paymentId, reason }: RejectPaymentInput) {
  const accountId = await flow.database.withoutAccount.read({}, (tx) => accountOfPayment(tx, paymentId));
  if (accountId === undefined) return refuse('not_found');
  const callInfo = { accountId, action: 'payment.reject', subjectId: paymentId, facts: { reason } };
  return onAccount(flow, callInfo, async (tx) => {
    const insider = await refusalOfInsider(tx);
    if (insider !== undefined) return insider;
    const payment = await findPayment(tx, paymentId);
    if (payment === null) return refuse('not_found');
    const status = nextPaymentStatus(payment.status, 'reject');
    if (isRefusal(status)) return status;
    const rejection = { reason, confirmedAt: tx.now, confirmedBy: tx.actorName };
    await updateRow(tx, payment, { status, ...rejection });
    await enqueueOutboxMessage(tx, 'payment.rejected', { paymentId });
    return paymentView(payment);
  });
}
