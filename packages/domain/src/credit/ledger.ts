import { type Refusal, isRefusal, refuse } from '../refusals.ts';
import {
  type Backing,
  type Balance,
  type EntryFacts,
  type Grant,
  type GrantKind,
  type Movement,
  byBurnOrder,
  isLive,
  move,
} from './books.ts';
import { hold } from './hold.ts';
import { resolve } from './resolve.ts';

/** Why an entry was made. */
export type EntryKind =
  | 'grant'
  | 'grant_end'
  | 'grant_expiry'
  | 'hold'
  | 'settle'
  | 'release'
  | 'hold_expiry'
  | 'adjustment'
  | 'reversal'
  | 'true_up';

/** What an entry says besides the movement. */
export interface Tags {
  holdId?: string;
  grantId?: string;
  operation?: string | null;
  siteId?: string | null;
  facts?: EntryFacts;
}

/** A ledger entry before it is numbered, chained and written. */
export interface Posting extends Movement, Tags {
  kind: EntryKind;
}

/** An account's credits as they stand under its lock, with the entries that led here from what is stored. */
export interface Books {
  balance: Balance;
  grants: readonly Grant[];
  postings: readonly Posting[];
}

/** An open hold with what backs it. */
export interface BackedHold {
  id: string;
  expiresAt: Date;
  operation: string | null;
  siteId: string | null;
  backings: readonly Backing[];
}

/** Books entries with the grants that they leave; one that moves nothing is none. */
export function post(books: Books, postings: readonly Posting[], grants: readonly Grant[]): Books {
  const effective = postings.filter((posting) => posting.amount > 0);
  return {
    balance: move(books.balance, effective),
    grants,
    postings: [...books.postings, ...effective],
  };
}

const tagsOf = ({ id, operation, siteId }: BackedHold): Tags => ({ holdId: id, operation, siteId });

/** Reserves credits for a hold. Refuses `insufficient_credits` and leaves the books as they are. */
export function takeHold(
  books: Books,
  amount: number,
  tags: Tags,
  now: Date,
): { books: Books; backings: Backing[] } | Refusal<'insufficient_credits'> {
  const held = hold(books.grants, amount, now);
  if (isRefusal(held)) return held;
  const parts = new Map(held.backings.map((backing) => [backing.grantId, backing.amount]));
  const grants = books.grants.map((grant) => {
    const part = parts.get(grant.id) ?? 0;
    return part === 0 ? grant : { ...grant, available: grant.available - part, held: grant.held + part };
  });
  const facts = { ...tags.facts, grants: held.backings };
  const posting: Posting = { ...tags, kind: 'hold', from: 'available', to: 'held', amount, facts };
  return { books: post(books, [posting], grants), backings: held.backings };
}

/** How a hold is resolved. */
export interface Outcome {
  kind: 'settle' | 'release' | 'hold_expiry';
  /** What is paid of it; 0 gives all of it back. */
  spent: number;
  /** Whether what is spent above the hold may be taken from what is available. */
  allowExcess?: boolean | undefined;
  facts?: EntryFacts | undefined;
}

/**
 * Resolves a hold: `spent` is paid, the rest goes back or expires. Refuses `settle_above_hold` for more than the hold
 * has, or, where excess is allowed, for more than the hold and what is available have together.
 */
export function resolveHold(
  books: Books,
  backed: BackedHold,
  { kind, spent, allowExcess = false, facts = {} }: Outcome,
  now: Date,
): Books | Refusal<'settle_above_hold'> {
  const held = backed.backings.reduce((sum, { amount }) => sum + amount, 0);
  const excess = allowExcess ? Math.max(0, spent - held) : 0;
  const resolution = resolve(backed.backings, books.grants, spent - excess, now);
  if (isRefusal(resolution)) return resolution;
  const byGrant = new Map(resolution.grants.map((part) => [part.grantId, part]));
  const grants = books.grants.map((grant) => {
    const part = byGrant.get(grant.id);
    if (part === undefined) return grant;
    const left = grant.held - part.spent - part.returned - part.expired;
    return { ...grant, held: left, available: grant.available + part.returned };
  });
  const postings = resolution.movements.map(({ parts, ...movement }) => ({
    ...tagsOf(backed),
    ...movement,
    kind,
    facts: { ...facts, grants: parts },
  }));
  const resolved = post(books, postings, grants);
  if (excess === 0) return resolved;
  const above = { ...tagsOf(backed), kind, to: 'spent', amount: excess, facts } as const;
  const charged = takeAvailable(resolved, above, now);
  return isRefusal(charged) ? refuse('settle_above_hold') : charged;
}

/** Moves what is available to another book, in burn order. Refuses `insufficient_credits`. */
export function takeAvailable(
  books: Books,
  posting: Omit<Posting, 'from'>,
  now: Date,
): Books | Refusal<'insufficient_credits'> {
  const taken = hold(books.grants, posting.amount, now);
  if (isRefusal(taken)) return taken;
  const parts = new Map(taken.backings.map((backing) => [backing.grantId, backing.amount]));
  const grants = books.grants.map((grant) => {
    const part = parts.get(grant.id) ?? 0;
    return part === 0 ? grant : { ...grant, available: grant.available - part };
  });
  const facts = { ...posting.facts, grants: taken.backings };
  return post(books, [{ ...posting, from: 'available', facts }], grants);
}

/** Writes into the books what time alone has done: grants that expired, holds that ran out. */
export function catchUp(books: Books, overdue: readonly BackedHold[], now: Date): Books {
  const expired = expireGrants(books, now);
  return overdue.reduce((before, backed) => {
    const after = resolveHold(before, backed, { kind: 'hold_expiry', spent: 0 }, now);
    return isRefusal(after) ? before : after;
  }, expired);
}

function expireGrants(books: Books, now: Date): Books {
  const gone = books.grants.filter((grant) => grant.available > 0 && !isLive(grant, now));
  return gone.reduce((before, grant) => emptyGrant(before, grant, 'grant_expiry'), books);
}

function emptyGrant(books: Books, grant: Grant, kind: 'grant_expiry' | 'grant_end'): Books {
  const posting: Posting = {
    kind,
    from: 'available',
    to: 'expired',
    amount: grant.available,
    grantId: grant.id,
  };
  const grants = books.grants.map((other) => (other.id === grant.id ? { ...other, available: 0 } : other));
  return post(books, [posting], grants);
}

/** Adds a grant. The caller makes sure that its reference is new. */
export function addGrant(
  books: Books,
  grant: { id: string; kind: GrantKind; amount: number; expiresAt: Date | null },
): Books {
  const { amount, ...rest } = grant;
  const posting: Posting = { kind: 'grant', from: 'granted', to: 'available', amount, grantId: grant.id };
  return post(books, [posting], [...books.grants, { ...rest, available: amount, held: 0 }]);
}

/**
 * Sets the plan part to `next`: the running plan grants end at `now`, what is held of them still pays for its
 * holds, and the next begins. Source: "confirmation or renewal sets".
 */
export function setPlanGrant(
  books: Books,
  next: { id: string; amount: number; expiresAt: Date | null },
  now: Date,
): Books {
  const running = books.grants.filter((grant) => grant.kind === 'plan' && isLive(grant, now));
  const ended = running.reduce((before, grant) => emptyGrant(before, grant, 'grant_end'), books);
  const endings = new Set(running.map((grant) => grant.id));
  const grants = ended.grants.map((grant) => (endings.has(grant.id) ? { ...grant, expiresAt: now } : grant));
  const closed = { ...ended, grants };
  return next.amount === 0 ? closed : addGrant(closed, { ...next, kind: 'plan' });
}

/** What is available of each kind now, in the order it burns. */
export function availableByKind(grants: readonly Grant[], now: Date): Record<GrantKind, number> {
  const byKind: Record<GrantKind, number> = { plan: 0, promo: 0, adjustment: 0, purchase: 0 };
  for (const grant of grants.filter((one) => isLive(one, now)).toSorted(byBurnOrder)) {
    byKind[grant.kind] += grant.available;
  }
  return byKind;
}
