import type { AddProofInput } from '@tenantry/contract/payment';
import { findPayment, insertProof } from '@tenantry/db/billing/queries';
import { refusalIfNotPending } from '@tenantry/domain/payment/status';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import type { ProofFault, ProofStore } from '../ports.ts';
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
  if (saved.fault === 'too_large') return refuse('payload_too_large', errorsOf(saved.fault));
  return refuse('unsupported_media_type', errorsOf(saved.fault));
}

/** What is wrong with a file, and what the person who sent it can do. */
const messages: Readonly<Record<ProofFault, string>> = {
  too_large: 'is larger than 10 MB',
  empty: 'is empty',
  another_type: 'is not a PNG, JPEG or PDF',
  damaged: 'is cut off or damaged; send the whole file again',
  too_wide: 'has no pixels, or more than 40 million; send a smaller image',
  two_in_one: 'holds another file besides the PDF; print it as a PDF and send that',
  active:
    'is a PDF that acts when it is opened (a script, a program, a file inside, a form that sends); print it as a PDF and send that',
  hidden:
    'is a PDF whose objects are packed in an unusual way and cannot be looked at; print it as a PDF and send that',
};

const errorsOf = (fault: ProofFault) => ({ errors: [{ path: 'file', message: messages[fault] }] });
