import type { ListStaffProofsInput } from '@tenantry/contract/staff-payment';
import { findPayment, pageProofs } from '@tenantry/db/billing/queries';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';
import { proofView } from '../payment/view.ts';

/** The proofs of a payment, newest first, as staff see them before they open one. Refuses `not_found`. */
export async function listProofsForStaff({ tx }: Context, { paymentId, ...page }: ListStaffProofsInput) {
  if ((await findPayment(tx, paymentId)) === null) return refuse('not_found');
  const { items, nextCursor } = await pageProofs(tx, paymentId, page);
  return { items: items.map(proofView), nextCursor };
}
