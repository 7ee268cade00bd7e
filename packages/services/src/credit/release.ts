import type { LedgerWork } from '@tenantry/db/group-commit/call';
import { isRefusal } from '@tenantry/domain/refusals';
import { type ResolvedHoldView, resolvableHold, resolveAt } from './resolve.ts';

/** Gives a hold back whole. Refuses `not_found`, `hold_resolved`. */
export function releaseHold({ holdId }: { holdId: string }): LedgerWork<ResolvedHoldView> {
  return {
    holdIds: [holdId],
    decide: (view, callInfo) => {
      const hold = resolvableHold(view, callInfo, holdId);
      return isRefusal(hold) ? hold : resolveAt(view, hold, { kind: 'release', spent: 0 });
    },
  };
}
