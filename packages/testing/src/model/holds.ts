import { burn, inBurnOrder, returnToGrants } from './grants.ts';
import { countUse, exceededLimit, uncountUse } from './limits.ts';
import { type Model, type ModelCharge, type ModelHold, type Parts, freeOf } from './model.ts';

/** Reserves credits; false, and nothing changes, when too little is free or the limit of its site is reached. */
export function addHold(
  model: Model,
  facts: Omit<ModelHold, 'status' | 'paid' | 'parts' | 'isEstimated' | 'madeAt'>,
): boolean {
  if (freeOf(model) < facts.amount || exceededLimit(model, facts.siteId, facts.amount) !== undefined)
    return false;
  const parts = burn(model, facts.amount);
  const made = { ...facts, status: 'open', paid: 0n, parts, isEstimated: false, madeAt: model.now } as const;
  model.holds.push(made);
  countUse(model, made, made.amount);
  return true;
}

/**
 * Pays `used` of an open hold in burn order, and returns the rest to the grants that it came from. What is used above
 * the hold comes from what is free, where that is allowed. False, and nothing changes, when it is not allowed or too
 * little is free.
 */
export function settleHold(
  model: Model,
  open: ModelHold,
  used: bigint,
  { allowExcess, isEstimated }: { allowExcess: boolean; isEstimated: boolean },
): boolean {
  const excess = used - open.amount;
  if (excess > 0n && (!allowExcess || freeOf(model) < excess)) return false;
  if (exceededLimit(model, open.siteId, excess) !== undefined) return false;
  if (excess > 0n) countUse(model, open, excess);
  else uncountUse(model, open, -excess);
  const { paid, rest, unpaid } = splitHold(model, open, used);
  addCharge(model, open, 'within', paid);
  addCharge(model, open, 'above', burn(model, unpaid));
  closeHold(model, open, 'settled', used);
  open.isEstimated = isEstimated;
  returnToGrants(model, rest);
  return true;
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
  uncountUse(model, open, open.amount);
  closeHold(model, open, 'released', 0n);
  returnToGrants(model, open.parts);
}

function closeHold(model: Model, open: ModelHold, status: 'settled' | 'released', paid: bigint): void {
  open.status = status;
  open.paid = paid;
  model.spent += paid;
}
