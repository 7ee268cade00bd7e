import type { AskForProofInput } from '@tenantry/contract/staff-payment';
import { enqueueOutboxMessage } from '@tenantry/db/audit/queries';
import { insertProofRequest } from '@tenantry/db/billing/approvals';
import { findPayment } from '@tenantry/db/billing/queries';
import { refusalIfNotPending } from '@tenantry/domain/payment/status';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { paymentData } from '../payment/message.ts';
import { paymentView } from '../payment/view.ts';
import { refusalIfStaffIsMember } from './conflict-of-interest.ts';

/**
 * Asks the payer of a bank transfer for a proof, with the reason that the owners and admins of the account are mailed. The
 * payment goes on waiting. Refuses `not_found`, `payment_state` for a payment that was decided on, and `role_forbids` to
 * staff who are members of the account.
 */
export async function askForProof({ tx }: Context, { paymentId, reason }: AskForProofInput) {
  const conflict = await refusalIfStaffIsMember(tx);
  if (conflict !== undefined) return conflict;
  const payment = await findPayment(tx, paymentId);
  if (payment === null) return refuse('not_found');
  const decided = refusalIfNotPending(payment.status);
  if (decided !== undefined) return decided;
  await insertProofRequest(tx, { paymentId, reason });
  await enqueueOutboxMessage(tx, 'payment.proof_asked', { ...paymentData(payment), reason });
  return paymentView(payment);
}
