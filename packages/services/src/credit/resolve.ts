import type { Decision, LedgerContext, StoredHold } from '@tenantry/ledger/service';
import { maySeeSite } from '@tenantry/db/site/queries';
import { isEstimated } from '@tenantry/domain/credit/books';
import { type Outcome, type ResolveRefusal, resolveHold } from '@tenantry/domain/credit/ledger';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import { type HoldView, holdView } from './view.ts';

/** A hold once it is resolved; `unbilledAmount` is what was asked for after its time. */
export type ResolvedHoldView = Omit<HoldView, 'settledAmount'> & {
  settledAmount: number;
  unbilledAmount: number;
};

/** The hold that a call names, or why there is none to resolve: `not_found`, `hold_resolved`. */
export function resolvableHold(
  context: LedgerContext,
  holdId: string,
): StoredHold | Refusal<'not_found' | 'hold_resolved'> {
  const hold = context.view.hold(holdId);
  if (hold === undefined || !maySeeSite(context, hold.siteId)) return refuse('not_found');
  return hold.status === 'open' || hold.status === 'expired' ? hold : refuse('hold_resolved');
}

/**
 * Resolves a hold once. One that ran out charges nothing and says what was not billed. Refuses what `resolveHold`
 * refuses.
 */
export function resolveAt(
  { view: { books }, now }: LedgerContext,
  hold: StoredHold,
  outcome: Outcome & { kind: 'settle' | 'release' },
): Decision<ResolvedHoldView> | Refusal<ResolveRefusal> {
  const shown = (facts: Partial<StoredHold>, settledAmount: number, unbilledAmount: number) => ({
    ...holdView({ ...hold, ...facts }, now),
    settledAmount,
    unbilledAmount,
  });
  if (hold.status === 'expired' || hold.expiresAt <= now)
    return { books, answer: shown({ status: 'expired' }, 0, outcome.spent) };
  const after = resolveHold(books, hold, outcome, now);
  if (isRefusal(after)) return after;
  const status = outcome.kind === 'settle' ? 'settled' : 'released';
  const estimated = { isEstimated: outcome.kind === 'settle' && isEstimated(outcome.facts ?? {}) };
  const resolved = [{ id: hold.id, status, settledAmount: outcome.spent, ...estimated }] as const;
  return { books: after, resolved, answer: shown({ status, ...estimated }, outcome.spent, 0) };
}

/** Gives a hold back whole. */
export function releaseOf(context: LedgerContext, hold: StoredHold): Decision<ResolvedHoldView> {
  const released = resolveAt(context, hold, { kind: 'release', spent: 0 });
  if (isRefusal(released)) throw new Error(`hold ${hold.id} cannot be given back: ${released.refused}`);
  return released;
}
