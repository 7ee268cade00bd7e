import { type Model, type ModelGrant, type Parts, creditsMax, kinds } from './model.ts';

/** Adds a grant; false, and nothing changes, when the books could not count it. */
export function addGrant(
  model: Model,
  { amount, ...facts }: Omit<ModelGrant, 'free'> & { amount: bigint },
): boolean {
  if (model.granted + amount > creditsMax) return false;
  model.granted += amount;
  model.grants.push({ ...facts, free: amount });
  return true;
}

/**
 * Ends the plan grants that have not ended, and begins the next. Up to `rolloverMax` of what is free lasts as long as
 * the next grant, the newest first. False, and nothing changes, when the books could not count it.
 */
export function setPlanGrant(
  model: Model,
  { rolloverMax, ...next }: { id: string; amount: bigint; endsAt: number; rolloverMax: bigint },
): boolean {
  if (model.granted + next.amount > creditsMax) return false;
  let rollover = rolloverMax;
  const running = model.grants.filter(
    ({ kind, endsAt }) => kind === 'plan' && (endsAt === null || endsAt >= model.now),
  );
  for (const one of running.toSorted((left, right) => (left.id < right.id ? 1 : -1))) {
    const kept = one.free < rollover ? one.free : rollover;
    rollover -= kept;
    model.expired += one.free - kept;
    one.free = kept;
    one.endsAt = kept > 0n ? next.endsAt : model.now;
  }
  return next.amount === 0n || addGrant(model, { ...next, kind: 'plan' });
}

/** Lets every plan grant end at `end` at the latest. */
export function limitPlanGrants(model: Model, end: number): void {
  for (const one of model.grants)
    if (one.kind === 'plan' && (one.endsAt === null || one.endsAt > end)) one.endsAt = end;
}

/** Takes `amount` from the grants in burn order; enough is free. */
export function burn(model: Model, amount: bigint): Parts {
  const parts: [string, bigint][] = [];
  let missing = amount;
  for (const one of inBurnOrder(model.grants)) {
    const part = one.free < missing ? one.free : missing;
    if (part > 0n) parts.push([one.id, part]);
    one.free -= part;
    missing -= part;
  }
  return parts;
}

/** The soonest to end first and the endless last; at one time by kind; then the older, by its id. */
export function inBurnOrder(grants: readonly ModelGrant[]): ModelGrant[] {
  const keyOf = ({ endsAt, kind, id }: ModelGrant) =>
    `${endsAt === null ? 'never' : String(endsAt).padStart(16, '0')} ${kinds.indexOf(kind)} ${id}`;
  return grants.toSorted((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
}

/** Returns parts to their grants. What returns to a grant that has ended expires. */
export function returnToGrants(model: Model, parts: Parts): void {
  const returned = new Map(parts);
  for (const one of model.grants) one.free += returned.get(one.id) ?? 0n;
  endGrants(model);
}

/** Expires what is free of the grants that have ended by now. */
export function endGrants(model: Model): void {
  for (const one of model.grants)
    if (one.endsAt !== null && one.endsAt <= model.now) {
      model.expired += one.free;
      one.free = 0n;
    }
}

/** Gives a grant another id, wherever the model names it. */
export function renameGrant(model: Model, name: string, id: string): void {
  for (const one of model.grants) if (one.id === name) one.id = id;
  for (const one of [...model.holds, ...model.charges])
    one.parts = one.parts.map(([grantId, amount]) => [grantId === name ? id : grantId, amount] as const);
}
