import type { LedgerView, LedgerWork } from '@tenantry/db/group-commit/call';
import type { StoredHold } from '@tenantry/db/credit/rows';
import type { EntryFacts, UsageSource } from '@tenantry/domain/credit/books';
import { priceOf, shownPrice } from '@tenantry/domain/credit/price';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import { type ResolvedHoldView, resolvableHold, resolveAt } from './resolve.ts';

export interface SettleInput {
  holdId: string;
  amount?: number | undefined;
  units?: number | undefined;
  /** Whether what was used above the hold may be taken from the available credits. */
  allowExcess?: boolean | undefined;
  /** An estimated amount may be trued up once. */
  usageSource?: UsageSource | undefined;
}

/**
 * Bills what was used of a hold and gives the rest back: an amount, or units of the hold's operation. Refuses
 * `not_found`, `hold_resolved`, `settle_above_hold`, and `invalid_input` for units of a hold without operation.
 */
export function settleHold({
  holdId,
  allowExcess,
  usageSource,
  ...used
}: SettleInput): LedgerWork<ResolvedHoldView> {
  return {
    holdIds: [holdId],
    decide: (view, callInfo) => {
      const hold = resolvableHold(view, callInfo, holdId);
      if (isRefusal(hold)) return hold;
      const bill = billOf(view, hold, used);
      if (isRefusal(bill)) return bill;
      const facts: EntryFacts =
        usageSource === 'estimated' ? { ...bill.facts, source: usageSource } : bill.facts;
      return resolveAt(view, hold, { kind: 'settle', allowExcess, spent: bill.spent, facts });
    },
  };
}

/** What the use of a hold costs. Refuses `invalid_input` for units of a hold without operation. */
export function billOf(
  view: LedgerView,
  { operation }: StoredHold,
  { amount, units }: Pick<SettleInput, 'amount' | 'units'>,
): { spent: number; facts: EntryFacts } | Refusal {
  if (amount !== undefined) return { spent: amount, facts: {} };
  const price = operation === null ? undefined : view.price(operation);
  if (price === undefined || units === undefined) return refuse('invalid_input', noUnits);
  return { spent: units === 0 ? 0 : priceOf(price, units), facts: { price: shownPrice(price), units } };
}

const noUnits = { errors: [{ path: 'units', message: 'the hold names no operation' }] };
