import type { Model, ModelHold } from './model.ts';

/** The most that work for a site may cost in a UTC day, and what it was counted for. Days are counted from 1970. */
export interface ModelLimit {
  max: bigint;
  uses: readonly { day: number; amount: bigint }[];
}

type Spender = Pick<ModelHold, 'siteId' | 'madeAt'>;

export const dayOf = (at: number): number => Math.floor(at / 86_400_000);

/** What is used of a limit on the day of a moment. */
export function usedOn({ uses }: ModelLimit, at: number): bigint {
  return uses.reduce((sum, { day, amount }) => (day === dayOf(at) ? sum + amount : sum), 0n);
}

/** The limit that has no room for so much more now. */
export function fullLimit(model: Model, siteId: string | null, more: bigint): ModelLimit | undefined {
  const limit = siteId === null ? undefined : model.limits.get(siteId);
  return limit !== undefined && more > 0n && usedOn(limit, model.now) + more > limit.max ? limit : undefined;
}

/** Counts what is held or paid now; there is room. */
export function countUse(model: Model, { siteId }: Spender, amount: bigint): void {
  note(model, siteId, dayOf(model.now), amount);
}

/** Takes what a hold did not cost off the day that it was made on. */
export function uncountUse(model: Model, { siteId, madeAt }: Spender, amount: bigint): void {
  note(model, siteId, dayOf(madeAt), -amount);
}

function note(model: Model, siteId: string | null, day: number, amount: bigint): void {
  const limit = siteId === null ? undefined : model.limits.get(siteId);
  if (siteId === null || limit === undefined || amount === 0n) return;
  model.limits.set(siteId, { ...limit, uses: [...limit.uses, { day, amount }] });
}

/**
 * Sets the limit of a site, or lifts it with null. A new one counts from now on, and what work of the day may still
 * give back: open holds, and estimates.
 */
export function setLimit(model: Model, siteId: string, max: bigint | null): void {
  const before = model.limits.get(siteId);
  if (max === null) model.limits.delete(siteId);
  else if (before !== undefined) model.limits.set(siteId, { ...before, max });
  else model.limits.set(siteId, { max, uses: underWay(model, siteId) });
}

function underWay({ holds, now }: Model, siteId: string): ModelLimit['uses'] {
  const ofToday = holds.filter((hold) => hold.siteId === siteId && dayOf(hold.madeAt) === dayOf(now));
  const open = ofToday.filter(({ status }) => status === 'open').map(({ amount }) => amount);
  const estimated = ofToday.filter(({ isEstimated }) => isEstimated).map(({ paid }) => paid);
  return [...open, ...estimated].map((amount) => ({ day: dayOf(now), amount }));
}
