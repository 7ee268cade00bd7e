import type { TrueUpHoldInput } from '@tenantry/contract/credit-hold';
import type { LedgerService } from '@tenantry/ledger/service';
import { maySeeSite } from '@tenantry/db/site/queries';
import { trueUp } from '@tenantry/domain/credit/correct';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import { billOf } from './settle.ts';
import { type HoldView, holdView } from './view.ts';

/**
 * Sets an estimated settle right, once, when the real use is known: an amount, or units or tokens of the hold's operation,
 * in all. Runs that were settled by count are holds like any other. Refuses `not_found`; `conflict` while the hold is
 * open, and once staff have given back any of the charge; `hold_resolved` for a hold that was released, ran out, was
 * settled at what was reported, or was trued up before; `insufficient_credits` and `spending_limit_reached` with the
 * figures of what is charged more; and `invalid_input` for what `billOf` refuses.
 */
export const trueUpHold: LedgerService<
  TrueUpHoldInput,
  HoldView,
  | 'not_found'
  | 'conflict'
  | 'hold_resolved'
  | 'insufficient_credits'
  | 'spending_limit_reached'
  | 'invalid_input'
> = {
  reads: ({ holdId }) => ({ holdIds: [holdId], chargedHoldIds: [holdId] }),
  decide(context, { holdId, ...used }) {
    const { view, now } = context;
    const hold = view.hold(holdId);
    if (hold === undefined || !maySeeSite(context, hold.siteId)) return refuse('not_found');
    if (hold.status === 'open' && now < hold.expiresAt) return refuse('conflict');
    if (hold.status !== 'settled' || !hold.isEstimated) return refuse('hold_resolved');
    const { settledAmount, resolvedAt } = hold;
    if (settledAmount === null || resolvedAt === null)
      throw new Error(`the settled hold ${holdId} has no amount or time`);
    const bill = billOf(view, hold, { ...used, usageSource: 'reported' });
    if (isRefusal(bill)) return bill;
    const place = { holdId, operation: hold.operation, siteId: hold.siteId };
    const counted = { spender: hold, held: hold.amount, heldAt: hold.createdAt, settledAt: resolvedAt };
    const settled = { charges: view.charges(holdId), settled: settledAmount, place, ...counted };
    const books = trueUp(view.books, settled, bill, now);
    if (isRefusal(books)) return books;
    const outcome = { status: 'settled', settledAmount: bill.spent, isEstimated: false } as const;
    const resolved = [{ id: holdId, before: 'settled', ...outcome }] as const;
    return { books, resolved, answer: holdView({ ...hold, ...outcome }, now) };
  },
};
