import type { StaffProofInput } from '@tenantry/contract/staff-payment';
import { findProof } from '@tenantry/db/billing/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';

/** A stored file that proves a payment. Refuses `not_found`. */
export async function getProof({ tx, proofs }: Context<'proofs'>, { paymentId, proofId }: StaffProofInput) {
  const proof = await findProof(tx, proofId);
  if (proof === null || proof.paymentId !== paymentId || proof.fileName == null) return refuse('not_found');
  const file = await proofs.read(proof.fileName);
  return file === undefined ? refuse('not_found') : { ...file, name: proof.fileName };
}
