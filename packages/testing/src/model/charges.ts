import { countUse, fullLimit, uncountUse } from './limits.ts';
import { type Model, type ModelCharge, type ModelHold, burn, charge, freeOf } from './model.ts';

/** What is left of a charge. */
export function leftOf({ parts }: ModelCharge): bigint {
  return parts.reduce((sum, [, amount]) => sum + amount, 0n);
}

/**
 * Takes part of a charge back, from the grants that paid last first: those that have not ended have it again. Answers
 * what came from grants that have.
 */
function takeBack(model: Model, charged: ModelCharge, given: bigint): bigint {
  let [missing, lost] = [given, 0n];
  const left = charged.parts.toReversed().map(([grantId, paid]) => {
    const part = paid < missing ? paid : missing;
    missing -= part;
    const live = model.grants.find(
      ({ id, endsAt }) => id === grantId && (endsAt === null || endsAt > model.now),
    );
    if (live === undefined) lost += part;
    else live.free += part;
    return [grantId, paid - part] as const;
  });
  charged.parts = left.toReversed().filter(([, amount]) => amount > 0n);
  model.spent -= given;
  return lost;
}

/**
 * Gives part of a charge back by staff's word. What comes of grants that are over becomes a new one without an end;
 * false when there is no such grant and should be, or the other way round.
 */
export function reverse(
  model: Model,
  charged: ModelCharge,
  given: bigint,
  fresh: string | undefined,
): boolean {
  const lost = takeBack(model, charged, given);
  charged.isReversed = true;
  if (lost > 0n && fresh !== undefined)
    model.grants.push({ id: fresh, kind: 'adjustment', free: lost, endsAt: null });
  return lost > 0n === (fresh !== undefined);
}

/**
 * Sets an estimate right: more is taken from what is free, less goes back, and is lost with grants that are over.
 * Answers why not, and nothing done, when staff gave some of it back or too little is free.
 */
export function trueUp(
  model: Model,
  settled: ModelHold,
  used: bigint,
): 'conflict' | 'settle_above_hold' | undefined {
  const charges = model.charges.filter(({ holdId }) => holdId === settled.id);
  if (charges.some(({ isReversed }) => isReversed)) return 'conflict';
  const more = used - settled.paid;
  if (more > freeOf(model) || fullLimit(model, settled.siteId, more) !== undefined)
    return 'settle_above_hold';
  if (more > 0n) {
    charge(model, settled, 'true_up', burn(model, more));
    model.spent += more;
    countUse(model, settled, more);
  } else uncountUse(model, settled, -more);
  let back = more < 0n ? -more : 0n;
  for (const one of charges.toReversed()) {
    const part = back < leftOf(one) ? back : leftOf(one);
    back -= part;
    model.expired += takeBack(model, one, part);
  }
  settled.paid = used;
  settled.isEstimated = false;
  return undefined;
}
