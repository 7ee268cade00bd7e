import { burn } from './grants.ts';
import { addCharge, refusalOf } from './holds.ts';
import { countUse } from './limits.ts';
import type { Model, ModelCharge, ModelHold } from './model.ts';
import type { Outcome } from './outcome.ts';

/** What is left of a charge. */
export function leftOf({ parts }: ModelCharge): bigint {
  return parts.reduce((sum, [, amount]) => sum + amount, 0n);
}

/**
 * Returns `amount` of a charge, from the grants that paid last first. Grants that have not ended have it again. Answers
 * how much came from grants that have ended.
 */
function returnCharge(model: Model, charge: ModelCharge, amount: bigint): bigint {
  let [missing, lost] = [amount, 0n];
  const left = charge.parts.toReversed().map(([grantId, paid]) => {
    const part = paid < missing ? paid : missing;
    missing -= part;
    const live = model.grants.find(
      ({ id, endsAt }) => id === grantId && (endsAt === null || endsAt > model.now),
    );
    if (live === undefined) lost += part;
    else live.free += part;
    return [grantId, paid - part] as const;
  });
  charge.parts = left.toReversed().filter(([, rest]) => rest > 0n);
  model.spent -= amount;
  return lost;
}

/**
 * Reverses `amount` of a charge, as staff do. What came from grants that have ended becomes a new grant without an end;
 * false when `newGrantId` says that there is such a grant and there should be none, or the other way round.
 */
export function reverseCharge(
  model: Model,
  charge: ModelCharge,
  amount: bigint,
  newGrantId: string | undefined,
): boolean {
  const lost = returnCharge(model, charge, amount);
  charge.isReversed = true;
  if (lost > 0n && newGrantId !== undefined)
    model.grants.push({ id: newGrantId, kind: 'adjustment', free: lost, endsAt: null });
  return lost > 0n === (newGrantId !== undefined);
}

/**
 * Trues up an estimate: more is taken from what is free; less returns, and expires with grants that have ended. Answers
 * the refusal, and nothing changes, when staff reversed some of it, too little is free, or the limit of the site is
 * reached.
 */
export function trueUp(model: Model, settled: ModelHold, used: bigint): Outcome | undefined {
  const charges = model.charges.filter(({ holdId }) => holdId === settled.id);
  if (charges.some(({ isReversed }) => isReversed)) return { verdict: 'conflict', facts: {} };
  const more = used - settled.paid;
  const refused = refusalOf(model, settled.siteId, more);
  if (refused !== undefined) return refused;
  if (more > 0n) {
    addCharge(model, settled, 'true_up', burn(model, more));
    model.spent += more;
    countUse(model, settled.siteId, model.now, more);
  } else uncountCharge(model, settled, -more);
  let less = more < 0n ? -more : 0n;
  for (const one of charges.toReversed()) {
    const part = less < leftOf(one) ? less : leftOf(one);
    less -= part;
    model.expired += returnCharge(model, one, part);
  }
  settled.paid = used;
  settled.isEstimated = false;
  return undefined;
}

/** Takes off what was paid last: first what was paid above the hold, on the day of the settle, and then what was held. */
function uncountCharge(
  model: Model,
  { siteId, amount, paid, madeAt, settledAt }: ModelHold,
  less: bigint,
): void {
  const above = paid > amount ? paid - amount : 0n;
  const fromAbove = less < above ? less : above;
  countUse(model, siteId, settledAt ?? madeAt, -fromAbove);
  countUse(model, siteId, madeAt, fromAbove - less);
}
