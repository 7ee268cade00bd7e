import { findPayment, listProofs } from '@tenantry/db/billing/queries';
import type { Records } from '@tenantry/db/transact';
import { refuse } from '@tenantry/domain/refusals';
import { paymentView, proofView } from './view.ts';

/** One payment with its proofs. Refuses `not_found`. */
export async function getPayment(records: Records, { paymentId }: { paymentId: string }) {
  const payment = await findPayment(records, paymentId);
  if (payment === null) return refuse('not_found');
  return { ...paymentView(payment), proofs: (await listProofs(records, paymentId)).map(proofView) };
}
