import type { SettleHoldInput } from '@tenantry/contract/credit-hold';
import type { LedgerService, LedgerView, StoredHold } from '@tenantry/ledger/service';
import type { EntryFacts } from '@tenantry/domain/credit/books';
import type { ResolveRefusal } from '@tenantry/domain/credit/ledger';
import { shownPrice } from '@tenantry/domain/credit/price';
import { priceOfUse } from '@tenantry/domain/credit/use';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import { type ResolvedHoldView, resolvableHold, resolveAt } from './resolve.ts';

/**
 * Bills what was used of a hold and gives the rest back: an amount, or units or tokens of the hold's operation. Refuses
 * `not_found`, `hold_resolved`, `settle_above_hold` unless the excess is allowed, `insufficient_credits` and
 * `spending_limit_reached` with the figures of the excess, and `invalid_input` for what `billOf` refuses.
 */
export const settleHold: LedgerService<
  SettleHoldInput,
  ResolvedHoldView,
  'not_found' | 'hold_resolved' | 'invalid_input' | ResolveRefusal
> = {
  reads: ({ holdId }) => ({ holdIds: [holdId] }),
  decide(context, { holdId, allowExcess, usageSource, ...used }) {
    const hold = resolvableHold(context, holdId);
    if (isRefusal(hold)) return hold;
    const bill = billOf(context.view, hold, { ...used, usageSource });
    if (isRefusal(bill)) return bill;
    const facts: EntryFacts =
      usageSource === 'estimated' ? { ...bill.facts, source: usageSource } : bill.facts;
    return resolveAt(context, hold, { kind: 'settle', allowExcess, spent: bill.spent, facts });
  },
};

/**
 * What the use of a hold costs, at the price that it was quoted. Refuses `invalid_input` for units or tokens of a hold without
 * operation, and for those that the price does not count.
 */
export function billOf(
  view: LedgerView,
  hold: StoredHold,
  { amount, units, usage, usageSource: source }: Used,
): { spent: number; facts: EntryFacts } | Refusal<'invalid_input'> {
  if (amount !== undefined) return { spent: amount, facts: {} };
  const price = view.quotedPrice(hold);
  if (price === undefined)
    return refuse('invalid_input', withoutOperation(usage === undefined ? 'units' : 'usage'));
  const used = priceOfUse(price, { units, usage: usage === undefined ? undefined : { ...usage, source } });
  if (isRefusal(used)) return used;
  const { credits: spent, ...counted } = used;
  return { spent, facts: { price: shownPrice(price), ...counted } };
}

type Used = Pick<SettleHoldInput, 'amount' | 'units' | 'usage' | 'usageSource'>;

const withoutOperation = (path: string) => ({ errors: [{ path, message: 'the hold names no operation' }] });
