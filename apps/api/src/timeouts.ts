import { type ServerTimeouts, serverTimeouts } from '@tenantry/domain/timeouts';
import { proofBytesMax } from '@tenantry/files/proof-store';

/** The timeouts of the API's server: it runs operations of a provider, if it has one, and takes proofs. */
export function timeoutsOfApi(ai: { readonly deadlineSeconds: number } | undefined): ServerTimeouts {
  return serverTimeouts({ runDeadlineSeconds: ai?.deadlineSeconds ?? 0, uploadBytesMax: proofBytesMax });
}
