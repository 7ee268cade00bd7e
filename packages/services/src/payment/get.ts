import type { PaymentInput } from '@tenantry/contract/payment';
import { findPayment, listProofs } from '@tenantry/db/billing/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { paymentView, proofView } from './view.ts';

/** One payment with its proofs. Refuses `not_found`. */
export async function getPayment({ tx }: Context, { paymentId }: PaymentInput) {
  const payment = await findPayment(tx, paymentId);
  if (payment === null) return refuse('not_found');
  return { ...paymentView(payment), proofs: (await listProofs(tx, paymentId)).map(proofView) };
}
