import type { Model, ModelHold, ModelLimit } from './model.ts';

type Spender = Pick<ModelHold, 'siteId' | 'madeAt'>;

const dayOf = (at: number): number => Math.floor(at / 86_400_000);

/** What is used of a limit on the day of a time. */
export function usedOn({ uses }: ModelLimit, at: number): bigint {
  return uses.reduce((sum, { day, amount }) => (day === dayOf(at) ? sum + amount : sum), 0n);
}

/** The limit of a site that `more` would exceed now; undefined when there is none. */
export function exceededLimit(model: Model, siteId: string | null, more: bigint): ModelLimit | undefined {
  const limit = siteId === null ? undefined : model.limits.get(siteId);
  return limit !== undefined && more > 0n && usedOn(limit, model.now) + more > limit.max ? limit : undefined;
}

/** Counts what is held or paid now, within the limit. */
export function countUse(model: Model, { siteId }: Spender, amount: bigint): void {
  addUse(model, siteId, dayOf(model.now), amount);
}

/** Takes what a hold did not cost off the day on which it was made. */
export function uncountUse(model: Model, { siteId, madeAt }: Spender, amount: bigint): void {
  addUse(model, siteId, dayOf(madeAt), -amount);
}

function addUse(model: Model, siteId: string | null, day: number, amount: bigint): void {
  const limit = siteId === null ? undefined : model.limits.get(siteId);
  if (siteId === null || limit === undefined || amount === 0n) return;
  model.limits.set(siteId, { ...limit, uses: [...limit.uses, { day, amount }] });
}

/**
 * Sets the limit of a site, or lifts it with null. A new one counts from now on, and counts what work of the day may
 * still give back: open holds, and estimates.
 */
export function setLimit(model: Model, siteId: string, max: bigint | null): void {
  const before = model.limits.get(siteId);
  if (max === null) model.limits.delete(siteId);
  else if (before !== undefined) model.limits.set(siteId, { ...before, max });
  else model.limits.set(siteId, { max, uses: usesUnderWay(model, siteId) });
}

function usesUnderWay({ holds, now }: Model, siteId: string): ModelLimit['uses'] {
  const ofToday = holds.filter((hold) => hold.siteId === siteId && dayOf(hold.madeAt) === dayOf(now));
  const open = ofToday.filter(({ status }) => status === 'open').map(({ amount }) => amount);
  const estimated = ofToday.filter(({ isEstimated }) => isEstimated).map(({ paid }) => paid);
  return [...open, ...estimated].map((amount) => ({ day: dayOf(now), amount }));
}
