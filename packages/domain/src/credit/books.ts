import type { ShownPrice } from './price.ts';

/** Why credits were granted, in the order in which they are used up. */
export const grantKinds = ['plan', 'promo', 'adjustment', 'purchase'] as const;
export type GrantKind = (typeof grantKinds)[number];

export const books = ['granted', 'available', 'held', 'spent', 'expired'] as const;
export type Book = (typeof books)[number];

/** Whether usage was reported by the provider that measured it, or estimated without that. */
export const usageSources = ['reported', 'estimated'] as const;
export type UsageSource = (typeof usageSources)[number];

export const holdStatuses = ['open', 'settled', 'released', 'expired'] as const;
export type HoldStatus = (typeof holdStatuses)[number];

/** Totals of an account; always available + held + spent + expired = granted. */
export interface Balance {
  granted: number;
  available: number;
  held: number;
  spent: number;
  expired: number;
}

/** A grant with what is left of it: `available` may still be held, `held` backs open holds. */
export interface Grant {
  id: string;
  kind: GrantKind;
  available: number;
  held: number;
  expiresAt: Date | null;
  /** Why it is made, of one that is not stored yet; unique by account and kind. */
  reference?: string;
}

/** Part of a hold that one grant backs. */
export interface Backing {
  grantId: string;
  amount: number;
}

/** The tokens of a run. The parts of input and output are absent in an entry that was written before they were counted. */
export interface UsageFacts {
  inputTokens: number;
  cachedInputTokens?: number;
  outputTokens: number;
  reasoningTokens?: number;
  source: UsageSource;
}

/** What an entry tells of itself, for whoever asks why it was made. */
export interface EntryFacts {
  /** The grants that the credits came from or went back to. */
  grants?: readonly Backing[];
  /** The price they were reckoned by, as it stood then. */
  price?: ShownPrice;
  units?: number;
  usage?: UsageFacts;
  /** Where the amount of a settle comes from, when the caller said so; a run says it in its usage. */
  source?: UsageSource;
  /** Why staff corrected the books, in their words. */
  reason?: string;
  /** What staff call a correction by, so that it is made once. */
  reference?: string;
  /** The charge that an entry gives back, whole or in part. */
  reverses?: string;
  /** Whom the service key acted for that made the entry, where its call said so. */
  onBehalfOf?: string;
}

/** Whether an amount was an estimate, which may be trued up once. */
export function isEstimated({ source, usage }: EntryFacts): boolean {
  return (source ?? usage?.source) === 'estimated';
}

/** One movement between two books, before it is numbered and written. */
export interface Movement {
  from: Book;
  to: Book;
  amount: number;
}

/** Applies movements to a balance; the caller has made sure that no book goes below zero. */
export function move(balance: Balance, movements: readonly Movement[]): Balance {
  const after = { ...balance };
  for (const { from, to, amount } of movements) {
    if (from === 'granted') after.granted += amount;
    else after[from] -= amount;
    if (to === 'granted') after.granted -= amount;
    else after[to] += amount;
  }
  return after;
}

const burnRank: Record<GrantKind, number> = { plan: 0, promo: 1, adjustment: 2, purchase: 3 };

/** Soonest expiry first; with equal expiry plan, promo, adjustment, purchase; then the older grant. */
export function byBurnOrder(left: Grant, right: Grant): number {
  const leftExpiry = left.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
  const rightExpiry = right.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
  if (leftExpiry !== rightExpiry) return leftExpiry < rightExpiry ? -1 : 1;
  return burnRank[left.kind] - burnRank[right.kind] || (left.id < right.id ? -1 : 1);
}

/** Whether a grant can still back new holds at `now`; the bound is [start, end). */
export function isLive(grant: Pick<Grant, 'expiresAt'>, now: Date): boolean {
  return grant.expiresAt === null || now < grant.expiresAt;
}
