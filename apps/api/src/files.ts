import { addProofInput, paymentProof } from '@tenantry/contract/payment';
import { addProof } from '@tenantry/services/payment/add-proof';
import { router, run, tenant } from './procedures.ts';
import { paymentWrites } from './router/payment.ts';

/** Procedures whose input is a file. They have REST routes alone. */
export const fileRouter = router({
  payment: {
    addProof: tenant(
      {
        ...paymentWrites,
        refusals: ['not_found', 'payment_state', 'payload_too_large', 'unsupported_media_type'],
      },
      {
        method: 'POST',
        path: '/payments/{paymentId}/proofs',
        status: 201,
        tags: ['payment'],
        summary: 'Add a proof of payment: PNG, JPEG or PDF, at most 10 MB',
      },
    )
      .input(addProofInput)
      .output(paymentProof)
      .mutation(run(addProof)),
  },
});
