import { burn, inBurnOrder, returnToGrants } from './grants.ts';
import { countUse, exceededLimit } from './limits.ts';
import type { Outcome } from './outcome.ts';
import { type Model, type ModelCharge, type ModelHold, type Parts, freeOf } from './model.ts';

/** Reserves credits; the caller has asked whether they are free and within the limit of the site. */
export function addHold(
  model: Model,
  facts: Omit<ModelHold, 'status' | 'paid' | 'parts' | 'isEstimated' | 'madeAt' | 'settledAt'>,
): void {
  const parts = burn(model, facts.amount);
  const times = { madeAt: model.now, settledAt: null };
  model.holds.push({ ...facts, ...times, status: 'open', paid: 0n, parts, isEstimated: false });
  countUse(model, facts.siteId, model.now, facts.amount);
}

/**
 * Pays `used` of an open hold in burn order, and returns the rest to the grants that it came from. What is used above
 * the hold comes from what is free, where that is allowed. Answers the refusal, and nothing changes, when it is not
 * allowed, too little is free, or the limit of the site is reached.
 */
export function settleHold(
  model: Model,
  open: ModelHold,
  used: bigint,
  { allowExcess, isEstimated }: { allowExcess: boolean; isEstimated: boolean },
): Outcome | undefined {
  const excess = used - open.amount;
  if (excess > 0n && !allowExcess) return { verdict: 'settle_above_hold', facts: {} };
  const refused = refusalOf(model, open.siteId, excess);
  if (refused !== undefined) return refused;
  countUse(model, open.siteId, excess > 0n ? model.now : open.madeAt, excess);
  const { paid, rest, unpaid } = splitHold(model, open, used);
  addCharge(model, open, 'within', paid);
  addCharge(model, open, 'above', burn(model, unpaid));
  closeHold(model, open, 'settled', used);
  open.isEstimated = isEstimated;
  open.settledAt = model.now;
  returnToGrants(model, rest);
  return undefined;
}

/** Why so many more credits cannot be held or paid now, with the figures; undefined when they can. */
export function refusalOf(model: Model, siteId: string | null, more: bigint): Outcome | undefined {
  const available = freeOf(model);
  if (more > available) {
    const facts = { required: String(more), available: String(available) };
    return { verdict: 'insufficient_credits', facts };
  }
  const exceeded = exceededLimit(model, siteId, more);
  return exceeded === undefined ? undefined : { verdict: 'spending_limit_reached', facts: exceeded };
}

/** Divides a hold's parts, in burn order, into what pays for `used` and the rest; `unpaid` is what they do not cover. */
function splitHold(
  model: Model,
  open: ModelHold,
  used: bigint,
): { paid: Parts; rest: Parts; unpaid: bigint } {
  const order = new Map(inBurnOrder(model.grants).map(({ id }, index) => [id, index]));
  let unpaid = used;
  const split = open.parts
    .toSorted(([left], [right]) => (order.get(left) ?? 0) - (order.get(right) ?? 0))
    .map(([grantId, amount]) => {
      const paid = amount < unpaid ? amount : unpaid;
      unpaid -= paid;
      return { grantId, paid, rest: amount - paid };
    });
  return {
    paid: split.map(({ grantId, paid }) => [grantId, paid] as const),
    rest: split.map(({ grantId, rest }) => [grantId, rest] as const),
    unpaid,
  };
}

/** Records what a hold was charged, unless that is nothing. */
export function addCharge(model: Model, { id }: ModelHold, way: ModelCharge['way'], paid: Parts): void {
  const parts = paid.filter(([, amount]) => amount > 0n);
  if (parts.length > 0) model.charges.push({ holdId: id, way, parts, isReversed: false });
}

/** Returns an open hold whole. */
export function releaseHold(model: Model, open: ModelHold): void {
  countUse(model, open.siteId, open.madeAt, -open.amount);
  closeHold(model, open, 'released', 0n);
  returnToGrants(model, open.parts);
}

function closeHold(model: Model, open: ModelHold, status: 'settled' | 'released', paid: bigint): void {
  open.status = status;
  open.paid = paid;
  model.spent += paid;
}
