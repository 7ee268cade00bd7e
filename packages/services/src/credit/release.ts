import type { HoldInput } from '@tenantry/contract/credit-hold';
import type { LedgerService } from '@tenantry/ledger/service';
import { isRefusal } from '@tenantry/domain/refusals';
import { type ResolvedHoldView, releaseOf, resolvableHold } from './resolve.ts';

/** Gives a hold back whole. Refuses `not_found`, `hold_resolved`. */
export const releaseHold: LedgerService<HoldInput, ResolvedHoldView, 'not_found' | 'hold_resolved'> = {
  reads: ({ holdId }) => ({ holdIds: [holdId] }),
  decide(context, { holdId }) {
    const hold = resolvableHold(context, holdId);
    return isRefusal(hold) ? hold : releaseOf(context, hold);
  },
};
