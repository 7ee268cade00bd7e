import fc from 'fast-check';
import type { Account } from './account.ts';
import { type ModelHold, creditsMax, freeOf } from './model.ts';

/** An Idempotency-Key of few, so that calls share one; often none. */
export const idempotencyKey = fc.option(fc.constantFrom('a', 'b', 'c', 'd'), { nil: undefined, freq: 2 });

export const smallAmount = fc.integer({ min: 1, max: 60 });

export const units = fc.oneof(
  { weight: 12, arbitrary: smallAmount },
  fc.constantFrom(1000, 1001, Number(creditsMax)),
);

/** Which hold a call names. */
interface HoldChoice {
  index: number;
  of: 'open' | 'estimated' | 'any' | 'foreign' | 'unknown';
}

/** Mostly an open hold. */
export const holdChoice: fc.Arbitrary<HoldChoice> = fc.record({
  index: fc.nat(60),
  of: fc.constantFrom('open', 'open', 'open', 'open', 'open', 'open', 'any', 'any', 'foreign', 'unknown'),
});

const estimated = ['estimated', 'estimated', 'estimated', 'estimated'] as const;

/** Mostly a hold that was settled by an estimate. */
export const estimateChoice: fc.Arbitrary<HoldChoice> = fc.record({
  index: fc.nat(60),
  of: fc.constantFrom(...estimated, ...estimated, 'any', 'open', 'foreign', 'unknown'),
});

/** The hold that a choice names; one of any status where there is none of the chosen. */
export function chosenHold(
  account: Account,
  other: Account,
  { index, of }: HoldChoice,
): ModelHold | undefined {
  const holds = of === 'foreign' ? other.model.holds : of === 'unknown' ? [] : account.model.holds;
  const matching = holds.filter(({ status, isEstimated }) =>
    of === 'estimated' ? isEstimated : status === of,
  );
  const candidates = matching.length > 0 ? matching : holds;
  return candidates[index % Math.max(1, candidates.length)];
}

type Share = 'none' | 'part' | 'all' | 'above' | 'all free' | 'above free' | 'most';

/** How much of an amount is used. */
export const share: fc.Arbitrary<Share> = fc.constantFrom(
  'none',
  'part',
  'part',
  'all',
  'above',
  'all free',
  'above free',
  'most',
);

/** A share of an amount, which may go beyond it into the credits that are free. */
export function amountOf({ model }: Account, amount: bigint, chosen: Share): number {
  const free = freeOf(model);
  const shares: Record<Share, bigint> = {
    none: 0n,
    part: (amount + 1n) / 2n,
    all: amount,
    above: amount + 1n,
    'all free': amount + free,
    'above free': amount + free + 1n,
    most: creditsMax,
  };
  const used = shares[chosen];
  return Number(used > creditsMax ? creditsMax : used);
}
