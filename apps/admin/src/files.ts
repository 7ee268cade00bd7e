import { staffProofInput } from '@tenantry/contract/staff-payment';
import { getProof } from '@tenantry/services/staff/get-proof';
import { router, run, staff } from './procedures.ts';

/** Procedures that answer a file. They have REST routes alone. */
export const fileRouter = router({
  payment: {
    getProof: staff(
      { power: 'account:read', throttle: 'default', account: ['paymentId'], refusals: ['not_found'] },
      {
        method: 'GET',
        path: '/payments/{paymentId}/proofs/{proofId}',
        tags: ['payment'],
        summary: 'A stored proof of payment',
      },
    )
      .input(staffProofInput)
      .query(run(getProof)),
  },
});
