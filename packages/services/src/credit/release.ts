import type { LaneWork } from '@tenantry/db/lane/call';
import { isRefusal } from '@tenantry/domain/refusals';
import { type ResolvedHoldView, resolvableHold, resolveAt } from './resolve.ts';

/** Gives a hold back whole. Refuses `not_found`, `hold_resolved`. */
export function releaseHold({ holdId }: { holdId: string }): LaneWork<ResolvedHoldView> {
  return {
    holdIds: [holdId],
    decide: (desk, deed) => {
      const hold = resolvableHold(desk, deed, holdId);
      return isRefusal(hold) ? hold : resolveAt(desk, hold, { kind: 'release', spent: 0 });
    },
  };
}
