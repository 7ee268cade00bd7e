import type { PaymentInput } from '@tenantry/contract/payment';
import { type ProofFacts, findPayment, insertProof } from '@tenantry/db/billing/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { refusalIfNotPending } from '@tenantry/domain/payment/status';
import { refuse } from '@tenantry/domain/refusals';
import { proofView } from './view.ts';

/** Adds a proof to a payment that waits for an operator. Refuses `not_found`, `payment_state`. */
export async function addProof(
  tx: AccountTransaction,
  { paymentId, proof }: PaymentInput & { proof: ProofFacts },
) {
  const payment = await findPayment(tx, paymentId);
  if (payment === null) return refuse('not_found');
  const closed = refusalIfNotPending(payment.status);
  return closed ?? proofView(await insertProof(tx, paymentId, proof));
}
