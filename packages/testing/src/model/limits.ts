import type { Model, ModelLimit } from './model.ts';

const dayOf = (at: number): number => Math.floor(at / 86_400_000);

/** What is used of a limit on the day of a time. */
export function usedOn({ uses }: ModelLimit, at: number): bigint {
  return uses.reduce((sum, { day, amount }) => (day === dayOf(at) ? sum + amount : sum), 0n);
}

/** The figures of the limit of a site that `more` would exceed now; undefined when there is none. */
export function exceededLimit(
  model: Model,
  siteId: string | null,
  more: bigint,
): { limit: string; used: string; required: string } | undefined {
  const limit = siteId === null ? undefined : model.limits.get(siteId);
  if (limit === undefined || limit.max === null || more <= 0n) return undefined;
  const used = usedOn(limit, model.now);
  if (used + more <= limit.max) return undefined;
  return { limit: String(limit.max), used: String(used), required: String(more) };
}

/** Counts what is held or paid at a time, or takes it off again, whether or not there is a limit. */
export function countUse(model: Model, siteId: string | null, at: number, amount: bigint): void {
  if (siteId === null || amount === 0n) return;
  const limit = model.limits.get(siteId) ?? { max: null, uses: [] };
  model.limits.set(siteId, { ...limit, uses: [...limit.uses, { day: dayOf(at), amount }] });
}

/** Sets the limit of a site, or lifts it with null. What was counted stays. */
export function setLimit(model: Model, siteId: string, max: bigint | null): void {
  model.limits.set(siteId, { uses: [], ...model.limits.get(siteId), max });
}
