import type { AddProofInput } from '@tenantry/contract/payment';
import { findPayment, insertProof } from '@tenantry/db/billing/queries';
import { refusalIfNotPending } from '@tenantry/domain/payment/status';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import type { ProofStore } from '../ports.ts';
import { proofView } from './view.ts';

/**
 * Adds a file to a payment that waits for an operator; a file that no row names is removed again. Refuses
 * `payload_too_large`, `unsupported_media_type`, `not_found`, `payment_state`.
 */
export async function addProof({ tx, proofs }: Context<'proofs'>, { paymentId, file }: AddProofInput) {
  const saved = await save(proofs, file);
  if (isRefusal(saved)) return saved;
  const { name: fileName, mediaType, sizeBytes } = saved;
  let isKept = false;
  try {
    const payment = await findPayment(tx, paymentId);
    const refusal = payment === null ? refuse('not_found') : refusalIfNotPending(payment.status);
    if (refusal !== undefined) return refusal;
    const proof = await insertProof(tx, paymentId, { fileName, mediaType, sizeBytes });
    isKept = true;
    return proofView(proof);
  } finally {
    if (!isKept) await proofs.remove(fileName);
  }
}

async function save(proofs: ProofStore, file: Uint8Array) {
  const saved = await proofs.save(file);
  if (!('fault' in saved)) return saved;
  return refuse(saved.fault === 'too_large' ? 'payload_too_large' : 'unsupported_media_type');
}
