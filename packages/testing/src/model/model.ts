import type { ModelPlan } from './plans.ts';

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
  /** When it was settled; null while it is not. */
  settledAt: number | null;
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

/** The most that work for a site may cost in a UTC day, null for no limit, and what was counted. Days are from 1970. */
export interface ModelLimit {
  max: bigint | null;
  uses: readonly { day: number; amount: bigint }[];
}

/** A month that was paid. */
export interface ModelMonth {
  plan: ModelPlan;
  /** The period that it is of. */
  period: string;
  /** What its grant is called by. */
  reference: string;
}

/** The months that were paid, one after the other; the one of number `base` begins at `anchor`, in milliseconds. */
export interface ModelSubscription {
  anchor: number;
  base: number;
  months: readonly ModelMonth[];
  /** How many have begun. */
  begun: number;
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
  subscription: ModelSubscription;
}

/** Books before anything was granted. */
export function emptyModel(now: number, sites: readonly string[]): Model {
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
    subscription: { anchor: now, base: 0, months: [], begun: 0 },
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
