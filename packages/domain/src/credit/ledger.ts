import { type Refusal, isRefusal } from '../refusals.ts';
import { type Backing, type Balance, type EntryFacts, type Grant, type Movement, move } from './books.ts';
import { hold } from './hold.ts';
import { type Spender, type SpendingLimit, countSpending, giveBackSpending } from './limits.ts';
import { resolve } from './resolve.ts';

/** Why an entry was made. */
export const entryKinds = [
  'grant',
  'grant_end',
  'grant_expiry',
  'hold',
  'settle',
  'release',
  'hold_expiry',
  'adjustment',
  'reversal',
  'true_up',
] as const;
export type EntryKind = (typeof entryKinds)[number];

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
  /** When it became due by time alone; any other posting has the time of its transaction. */
  at?: Date;
}

/** An account's credits as they stand under its lock, with the entries that led here from what is stored. */
export interface Books {
  balance: Balance;
  grants: readonly Grant[];
  /** When the next month of plan credits is due within the paid period; null for none. */
  nextGrantAt: Date | null;
  limits: readonly SpendingLimit[];
  postings: readonly Posting[];
}

/** An open hold with what backs it, and who spends it: the group of the key that asked for it, null for a person. */
export interface BackedHold extends Spender {
  id: string;
  createdAt: Date;
  expiresAt: Date;
  operation: string | null;
  backings: readonly Backing[];
}

/**
 * Books postings, of which those that move nothing are left out, beside what they make of the grants. Throws when a
 * book would go below zero: every rule asks first what there is.
 */
export function post(books: Books, postings: readonly Posting[], grants: readonly Grant[]): Books {
  const effective = postings.filter((posting) => posting.amount > 0);
  const balance = move(books.balance, effective);
  const below = Object.entries(balance).find(([, amount]) => amount < 0);
  if (below !== undefined) throw new Error(`the credits ${below[0]} would be ${below[1]}`);
  return { ...books, balance, grants, postings: [...books.postings, ...effective] };
}

const tagsOf = ({ id, operation, siteId }: BackedHold): Tags => ({ holdId: id, operation, siteId });

/**
 * Reserves credits for a hold. Refuses `insufficient_credits`, and `spending_limit_reached` where the site or the key
 * has spent its day's share, and leaves the books as they are.
 */
export function takeHold(
  books: Books,
  amount: number,
  { limitGroupId = null, ...tags }: Tags & { limitGroupId?: string | null },
  now: Date,
): { books: Books; backings: Backing[] } | Refusal<'insufficient_credits' | 'spending_limit_reached'> {
  const held = hold(books.grants, amount, now);
  if (isRefusal(held)) return held;
  const limits = countSpending(books.limits, { siteId: tags.siteId ?? null, limitGroupId }, amount, now);
  if (isRefusal(limits)) return limits;
  const parts = new Map(held.backings.map((backing) => [backing.grantId, backing.amount]));
  const grants = books.grants.map((grant) => {
    const part = parts.get(grant.id) ?? 0;
    return part === 0 ? grant : { ...grant, available: grant.available - part, held: grant.held + part };
  });
  const facts = { ...tags.facts, grants: held.backings };
  const posting: Posting = { ...tags, kind: 'hold', from: 'available', to: 'held', amount, facts };
  return { books: post({ ...books, limits }, [posting], grants), backings: held.backings };
}

/** How a hold is resolved. */
export interface Outcome {
  kind: 'settle' | 'release' | 'hold_expiry';
  /** What is paid of it; 0 gives all of it back. */
  spent: number;
  /** Whether what is spent above the hold may be taken from what is available. */
  allowExcess?: boolean | undefined;
  facts?: EntryFacts | undefined;
  /** When time alone resolved it. */
  at?: Date;
}

/** What resolving a hold can be refused for. */
export type ResolveRefusal = 'settle_above_hold' | 'insufficient_credits' | 'spending_limit_reached';

/**
 * Resolves a hold: `spent` is paid, the rest goes back or expires. Refuses `settle_above_hold` for more than the hold
 * has. Where excess is allowed, refuses `insufficient_credits` and `spending_limit_reached` with the figures of the
 * excess.
 */
export function resolveHold(
  books: Books,
  backed: BackedHold,
  { kind, spent, allowExcess = false, facts = {}, at }: Outcome,
  now: Date,
): Books | Refusal<ResolveRefusal> {
  const held = backed.backings.reduce((sum, { amount }) => sum + amount, 0);
  const excess = allowExcess ? Math.max(0, spent - held) : 0;
  const resolution = resolve(backed, books.grants, spent - excess, now);
  if (isRefusal(resolution)) return resolution;
  const byGrant = new Map(resolution.grants.map((part) => [part.grantId, part]));
  const grants = books.grants.map((grant) => {
    const part = byGrant.get(grant.id);
    if (part === undefined) return grant;
    const left = grant.held - part.spent - part.returned - part.expired;
    if (left < 0)
      throw new Error(`hold ${backed.id} takes more of grant ${grant.id} than it holds: ${grant.held}`);
    return { ...grant, held: left, available: grant.available + part.returned };
  });
  const postings = resolution.movements.map(({ parts, ...movement }) => ({
    ...tagsOf(backed),
    ...movement,
    kind,
    facts: { ...facts, grants: parts },
    ...(at === undefined ? {} : { at }),
  }));
  const limits = giveBackSpending(books.limits, backed, backed.createdAt, Math.max(0, held - spent));
  const resolved = post({ ...books, limits }, postings, grants);
  if (excess === 0) return resolved;
  const above = { ...tagsOf(backed), kind, to: 'spent', amount: excess, facts } as const;
  const charged = takeAvailable(resolved, above, now);
  if (isRefusal(charged)) return charged;
  const counted = countSpending(charged.limits, backed, excess, now);
  return isRefusal(counted) ? counted : { ...charged, limits: counted };
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
