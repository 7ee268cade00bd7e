import type { PreviewAdjustmentInput } from '@tenantry/contract/staff-credit';
import { adjustedSince } from '@tenantry/db/credit-proposal/queries';
import { newId } from '@tenantry/db/ids';
import { getPlanOfAccount } from '@tenantry/db/subscription/queries';
import { adjust } from '@tenantry/domain/credit/correct';
import { adjustedWithinSeconds, refusalIfAboveBound } from '@tenantry/domain/credit/proposal';
import { purchaseExpiry } from '@tenantry/domain/credit/schedule';
import { isRefusal } from '@tenantry/domain/refusals';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { booksNow } from '@tenantry/ledger/read/balance';
import type { Context } from '../context.ts';
import { creditView } from '../credit/get.ts';

/**
 * What a correction would make of the credits, by the rule that the correction itself asks, and whether another member of
 * staff has to approve it. Writes nothing. Refuses `insufficient_credits` and `invalid_input` as the correction does.
 */
export async function previewAdjustment(
  { tx, approvals }: Context<'approvals'>,
  { amount, kind, expiresAt }: PreviewAdjustmentInput,
) {
  const expiry = await expiryOf(tx, { kind, expiresAt });
  const before = await booksNow(tx);
  const grant = { id: newId(), kind, expiresAt: expiry, reference: 'preview' };
  const after = adjust(before, { grant, amount, facts: {} }, tx.now);
  if (isRefusal(after)) return after;
  const refusal = await refusalOfBound(tx, amount, approvals.secondApproverCredits);
  return {
    before: creditView(before, tx.now),
    after: creditView(after, tx.now),
    expiresAt: amount > 0 ? expiry : null,
    needsSecondApprover: refusal !== undefined,
    bound: approvals.secondApproverCredits ?? null,
  };
}

/** When credits that are given end: as it is said, or as the plan says of bought ones. */
export async function expiryOf(
  tx: AccountTransaction,
  { kind, expiresAt }: Pick<PreviewAdjustmentInput, 'kind' | 'expiresAt'>,
): Promise<Date | null> {
  if (expiresAt !== undefined) return new Date(expiresAt);
  return kind === 'purchase' ? purchaseExpiry(await getPlanOfAccount(tx), tx.now) : null;
}

/** Refuses what two members of staff decide, with what the actor has given and taken within a day. */
export async function refusalOfBound(tx: AccountTransaction, amount: number, bound: number | undefined) {
  if (bound === undefined) return undefined;
  const since = new Date(tx.now.getTime() - adjustedWithinSeconds * 1000);
  return refusalIfAboveBound(amount, { adjusted: await adjustedSince(tx, since), bound });
}
