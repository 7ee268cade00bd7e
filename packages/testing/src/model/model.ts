/** The most that a number of JSON counts exactly; no book of an account goes beyond it. */
export const creditsMax = 2n ** 53n - 1n;

/** From the first to burn to the last, where two grants end at the same time. */
export const kinds = ['plan', 'promo', 'adjustment', 'purchase'] as const;
export type Kind = (typeof kinds)[number];

/** How many credits came from each grant. */
export type Parts = readonly (readonly [grantId: string, amount: bigint])[];

/** What is free of a grant; times are milliseconds. */
export interface ModelGrant {
  id: string;
  kind: Kind;
  free: bigint;
  endsAt: number | null;
}

/** A hold with the part that each grant backs. */
export interface ModelHold {
  id: string;
  status: 'open' | 'settled' | 'released' | 'expired';
  amount: bigint;
  paid: bigint;
  endsAt: number;
  parts: Parts;
  operation: string | null;
  siteId: string | null;
  madeAt: number;
  /** Whether what was paid is an estimate that may be trued up. */
  isEstimated: boolean;
}

/** What a hold was charged, from the grants that paid, in the order in which they did. */
export interface ModelCharge {
  holdId: string;
  /** Within the hold, above it, or when the estimate was trued up. */
  way: 'within' | 'above' | 'true_up';
  parts: Parts;
  isReversed: boolean;
}

/** The most that work for a site may cost in a UTC day, and what was counted for it. Days are counted from 1970. */
export interface ModelLimit {
  max: bigint;
  uses: readonly { day: number; amount: bigint }[];
}

/** A paid year, of which each month brings credits; times are milliseconds. */
export interface ModelYear {
  start: number;
  end: number;
  credits: bigint;
  rolloverMax: bigint;
  /** The month that begins next, counted from 0. */
  next: number;
}

/** The stored answer of a call with an Idempotency-Key. */
export interface ModelCall {
  fingerprint: string;
  body: string;
  endsAt: number;
}

/** An account's credits in plain arithmetic: what is free and what is held follow from grants and holds alone. */
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
  /** By procedure and Idempotency-Key. */
  calls: Map<string, ModelCall>;
  sites: readonly string[];
  subscription: { planId: string; isActive: boolean; endsAt: number; rolloverMax: bigint };
  year: ModelYear | null;
  /** When periods that brought credits began; no two begin at the same time. */
  periods: Set<number>;
}

/** Books before anything was granted. */
export function emptyModel(now: number, sites: readonly string[], planId: string): Model {
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
    subscription: { planId, isActive: false, endsAt: now, rolloverMax: 0n },
    year: null,
    periods: new Set(),
  };
}

/** A copy whose changes leave the original as it is. */
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

/** The credits that no hold reserves, of all grants or of those of a kind. */
export function freeOf({ grants }: Model, kind?: Kind): bigint {
  return grants.reduce(
    (sum, grant) => (kind === undefined || grant.kind === kind ? sum + grant.free : sum),
    0n,
  );
}

/** The credits that open holds reserve. */
export function heldOf({ holds }: Model): bigint {
  return holds.reduce((sum, hold) => (hold.status === 'open' ? sum + hold.amount : sum), 0n);
}
