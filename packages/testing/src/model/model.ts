import { type ModelLimit, countUse, fullLimit, uncountUse } from './limits.ts';

/** The most that a number of JSON counts exactly; no book of an account goes beyond it. */
export const creditsMax = 2n ** 53n - 1n;

/** From the first to burn to the last, where two grants end at the same time. */
export const kinds = ['plan', 'promo', 'adjustment', 'purchase'] as const;
export type Kind = (typeof kinds)[number];

/** What is free of a grant; moments are milliseconds. */
export interface ModelGrant {
  id: string;
  kind: Kind;
  free: bigint;
  endsAt: number | null;
}

/** A hold with the part that each grant lends it. */
export interface ModelHold {
  id: string;
  status: 'open' | 'settled' | 'released' | 'expired';
  amount: bigint;
  paid: bigint;
  endsAt: number;
  parts: readonly (readonly [grantId: string, amount: bigint])[];
  operation: string | null;
  siteId: string | null;
  madeAt: number;
  /** Whether what was paid is an estimate that nobody has set right yet. */
  isEstimated: boolean;
}

/** What a hold was charged, from the grants that paid, in the order they did; within it, above it, or set right later. */
export interface ModelCharge {
  holdId: string;
  way: 'within' | 'above' | 'true_up';
  parts: readonly (readonly [grantId: string, amount: bigint])[];
  isReversed: boolean;
}

/** A paid year, of which each month brings credits; moments are milliseconds. */
export interface ModelYear {
  start: number;
  end: number;
  credits: bigint;
  rolloverMax: bigint;
  /** The month that begins next, counted from 0. */
  next: number;
}

/** What a call with an Idempotency-Key was answered. */
export interface ModelCall {
  fingerprint: string;
  body: string;
  endsAt: number;
}

/** An account's credits in plain arithmetic: what is free and what is lent follow from grants and holds alone. */
export interface Model {
  now: number;
  granted: bigint;
  spent: bigint;
  expired: bigint;
  grants: ModelGrant[];
  holds: ModelHold[];
  charges: ModelCharge[];
  /** By site. */
  limits: Map<string, ModelLimit>;
  calls: Map<string, ModelCall>;
  sites: readonly string[];
  subscription: { planId: string; isActive: boolean; endsAt: number; rolloverMax: bigint };
  year: ModelYear | null;
  /** When periods that brought credits began; none begins twice. */
  periods: Set<number>;
}

/** Books before anything was granted. */
export function emptyModel(now: number, sites: readonly string[], planId: string): Model {
  const subscription = { planId, isActive: false, endsAt: now, rolloverMax: 0n };
  return {
    now,
    sites,
    granted: 0n,
    spent: 0n,
    expired: 0n,
    grants: [],
    holds: [],
    charges: [],
    limits: new Map(),
    calls: new Map(),
    subscription,
    year: null,
    periods: new Set(),
  };
}

/** A copy that can go its own way. */
export function fork(model: Model): Model {
  return {
    ...model,
    grants: model.grants.map((grant) => ({ ...grant })),
    holds: model.holds.map((hold) => ({ ...hold })),
    charges: model.charges.map((charge) => ({ ...charge })),
    limits: new Map(model.limits),
    calls: new Map(model.calls),
    subscription: { ...model.subscription },
    year: model.year === null ? null : { ...model.year },
    periods: new Set(model.periods),
  };
}

/** What nobody holds, over all grants or those of a kind. */
export function freeOf({ grants }: Model, kind?: Kind): bigint {
  return grants.reduce(
    (sum, grant) => (kind === undefined || grant.kind === kind ? sum + grant.free : sum),
    0n,
  );
}

/** What open holds have reserved. */
export function heldOf({ holds }: Model): bigint {
  return holds.reduce((sum, hold) => (hold.status === 'open' ? sum + hold.amount : sum), 0n);
}

/** Lets time come to `now`, one thing after the other: months begin, grants end, holds run out and give back. */
export function pass(model: Model, now: number): void {
  for (let next = nextEvent(model); next !== undefined && next <= now; next = nextEvent(model)) {
    model.now = next;
    if (model.year !== null && monthStart(model.year) === next) beginMonth(model, model.year);
    endGrants(model);
    for (const hold of model.holds)
      if (hold.status === 'open' && hold.endsAt <= next) {
        hold.status = 'expired';
        uncountUse(model, hold, hold.amount);
        giveBack(model, hold.parts);
      }
  }
  model.now = now;
  endGrants(model);
}

function nextEvent({ holds, year }: Model): number | undefined {
  const ends = holds.flatMap(({ status, endsAt }) => (status === 'open' ? [endsAt] : []));
  const month = year === null ? undefined : monthStart(year);
  const all = month === undefined ? ends : [...ends, month];
  return all.length === 0 ? undefined : Math.min(...all);
}

/** When the next month of a year begins; undefined when the year is over by then. */
export function monthStart({ start, end, next }: ModelYear): number | undefined {
  const at = monthsLater(start, next);
  return at < end ? at : undefined;
}

/** The name of a month's grant until it is known by its id. */
export const monthName = (start: number, month: number): string =>
  `month ${new Date(start).toISOString()} ${String(month).padStart(2, '0')}`;

function beginMonth(model: Model, year: ModelYear): void {
  const id = monthName(year.start, year.next);
  year.next += 1;
  const endsAt = monthStart(year) ?? year.end;
  setPlan(model, { id, amount: year.credits, endsAt, rolloverMax: year.rolloverMax });
}

/** The same day and hour of a later month, or the last day that it has. */
export function monthsLater(at: number, months: number): number {
  const date = new Date(at);
  const [year, month, time] = [date.getUTCFullYear(), date.getUTCMonth() + months, at % 86_400_000];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), last)) + time;
}

/** Calls a grant by its id from now on. */
export function rename(model: Model, name: string, id: string): void {
  for (const one of model.grants) if (one.id === name) one.id = id;
  for (const one of [...model.holds, ...model.charges])
    one.parts = one.parts.map(([grantId, amount]) => [grantId === name ? id : grantId, amount] as const);
}

/** Adds a grant; false, and nothing done, when the books could not count it. */
export function grant(
  model: Model,
  { amount, ...facts }: Omit<ModelGrant, 'free'> & { amount: bigint },
): boolean {
  if (model.granted + amount > creditsMax) return false;
  model.granted += amount;
  model.grants.push({ ...facts, free: amount });
  return true;
}

/**
 * Ends the plan grants that run and begins the next; of what is free up to `rolloverMax` stays as long as the next, the
 * newest first. False, and nothing done, when the books could not count it.
 */
export function setPlan(
  model: Model,
  { rolloverMax, ...next }: { id: string; amount: bigint; endsAt: number; rolloverMax: bigint },
): boolean {
  if (model.granted + next.amount > creditsMax) return false;
  let room = rolloverMax;
  const running = model.grants.filter(
    ({ kind, endsAt }) => kind === 'plan' && (endsAt === null || endsAt >= model.now),
  );
  for (const one of running.toSorted((left, right) => (left.id < right.id ? 1 : -1))) {
    const kept = one.free < room ? one.free : room;
    room -= kept;
    model.expired += one.free - kept;
    one.free = kept;
    one.endsAt = kept > 0n ? next.endsAt : model.now;
  }
  return next.amount === 0n || grant(model, { ...next, kind: 'plan' });
}

/** Reserves credits; false, and nothing done, when too little is free or its site has spent its day's share. */
export function hold(
  model: Model,
  facts: Omit<ModelHold, 'status' | 'paid' | 'parts' | 'isEstimated' | 'madeAt'>,
): boolean {
  if (freeOf(model) < facts.amount || fullLimit(model, facts.siteId, facts.amount) !== undefined)
    return false;
  const parts = burn(model, facts.amount);
  const made = { ...facts, status: 'open', paid: 0n, parts, isEstimated: false, madeAt: model.now } as const;
  model.holds.push(made);
  countUse(model, made, made.amount);
  return true;
}

/**
 * Pays `used` of an open hold in burn order, and gives the rest back to the grants it came from. What is used above
 * it comes from what is free, where that is allowed; false, and nothing done, when it is not or too little is free.
 */
export function settle(
  model: Model,
  open: ModelHold,
  used: bigint,
  { allowExcess = false, isEstimated = false },
): boolean {
  const excess = used - open.amount;
  if (excess > 0n && (!allowExcess || freeOf(model) < excess)) return false;
  if (fullLimit(model, open.siteId, excess) !== undefined) return false;
  if (excess > 0n) countUse(model, open, excess);
  else uncountUse(model, open, -excess);
  const order = new Map(burning(model.grants).map(({ id }, index) => [id, index]));
  let unpaid = used;
  const split = open.parts
    .toSorted(([left], [right]) => (order.get(left) ?? 0) - (order.get(right) ?? 0))
    .map(([grantId, amount]) => {
      const paid = amount < unpaid ? amount : unpaid;
      unpaid -= paid;
      return { grantId, paid, rest: amount - paid };
    });
  const rest = split.map((one) => [one.grantId, one.rest] as const);
  charge(
    model,
    open,
    'within',
    split.map(({ grantId, paid }) => [grantId, paid] as const),
  );
  charge(model, open, 'above', burn(model, unpaid));
  close(model, open, 'settled', used);
  open.isEstimated = isEstimated;
  giveBack(model, rest);
  return true;
}

/** Notes what a hold was charged, unless that is nothing. */
export function charge(
  model: Model,
  { id }: ModelHold,
  way: ModelCharge['way'],
  paid: ModelCharge['parts'],
): void {
  const parts = paid.filter(([, amount]) => amount > 0n);
  if (parts.length > 0) model.charges.push({ holdId: id, way, parts, isReversed: false });
}

/** Gives an open hold back whole. */
export function release(model: Model, open: ModelHold): void {
  uncountUse(model, open, open.amount);
  close(model, open, 'released', 0n);
  giveBack(model, open.parts);
}

function close(model: Model, open: ModelHold, status: 'settled' | 'released', paid: bigint): void {
  open.status = status;
  open.paid = paid;
  model.spent += paid;
}

/** What comes back to a grant that has ended meanwhile ends with it. */
function giveBack(model: Model, parts: ModelHold['parts']): void {
  const back = new Map(parts);
  for (const one of model.grants) one.free += back.get(one.id) ?? 0n;
  endGrants(model);
}

function endGrants(model: Model): void {
  for (const one of model.grants)
    if (one.endsAt !== null && one.endsAt <= model.now) {
      model.expired += one.free;
      one.free = 0n;
    }
}

/** Takes `amount` from the grants in burn order; enough is free. */
export function burn(model: Model, amount: bigint): ModelHold['parts'] {
  const parts: [string, bigint][] = [];
  let missing = amount;
  for (const one of burning(model.grants)) {
    const part = one.free < missing ? one.free : missing;
    if (part > 0n) parts.push([one.id, part]);
    one.free -= part;
    missing -= part;
  }
  return parts;
}

/** The soonest to end first and the endless last; at one time by kind; then the older, by its id. */
function burning(grants: readonly ModelGrant[]): ModelGrant[] {
  const keyOf = ({ endsAt, kind, id }: ModelGrant) =>
    `${endsAt === null ? 'never' : String(endsAt).padStart(16, '0')} ${kinds.indexOf(kind)} ${id}`;
  return grants.toSorted((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
}
