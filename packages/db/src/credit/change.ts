import { crossedThresholds } from '@tenantry/domain/credit/alerts';
import type { Backing, Grant, HoldStatus } from '@tenantry/domain/credit/books';
import type { StaleBooks } from '@tenantry/domain/credit/catch-up';
import type { Books, Posting } from '@tenantry/domain/credit/ledger';
import { newId } from '../ids.ts';
import { chainHash } from './chain.ts';
import type { Statement } from './statements.ts';
import { writes } from './writes.ts';

/** The books as stored, with what is needed to number and chain the next entry. */
export interface StoredBooks extends StaleBooks {
  sequence: number;
  headHash: string;
  /** Whoever listens is told when what is available falls below one of these. */
  lowBalanceThresholds: readonly number[];
}

/** A hold that a change makes. */
export interface NewHold {
  id: string;
  amount: number;
  operation: string | null;
  siteId: string | null;
  keyId: string | null;
  metadata: Record<string, string>;
  expiresAt: Date;
  backings: readonly Backing[];
}

/** What becomes of an open hold in a change. */
export interface ResolvedHold {
  id: string;
  status: Exclude<HoldStatus, 'open'>;
  settledAmount: number;
  /** Whether what was settled is an estimate, which may be trued up. */
  isEstimated?: boolean;
  /** What it was before; a settled hold is settled again when its estimate is trued up. */
  before?: 'open' | 'settled';
}

/** A posting with its id and who made it. */
export type SignedPosting = Posting & { id: string; actor: string; requestId: string };

/** Everything that one transaction does to an account's books. */
export interface Change {
  accountId: string;
  now: Date;
  before: StoredBooks;
  after: Omit<Books, 'postings'> & { postings: readonly SignedPosting[] };
  newHolds?: readonly NewHold[];
  resolved?: readonly ResolvedHold[];
}

/** Signs postings with who acts; what time alone did has its own time, and is signed by the clock. */
export function sign(
  postings: readonly Posting[],
  { actorName, requestId }: { actorName: string; requestId: string },
): SignedPosting[] {
  return postings.map((posting) => ({
    ...posting,
    id: newId(),
    actor: posting.at === undefined ? actorName : 'system:clock',
    requestId,
  }));
}

/** A statement with the values that it is sent with. */
export type Sending = [statement: Statement, values: unknown[]];

/**
 * What is sent to write a change, in order. Throws when the books would hold more than a number counts exactly: they
 * would be wrong by a credit, and nobody would see.
 */
export function writesOf(change: Change): Sending[] {
  const { accountId, now, before, after, newHolds = [], resolved = [] } = change;
  const { grants, limits, nextGrantAt } = after;
  if (!Number.isSafeInteger(after.balance.granted))
    throw new RangeError('the books would hold more than a number can count');
  const { entries, headHash } = chainEntries(change);
  const known = new Map(before.grants.map((grant) => [grant.id, grant]));
  const counted = new Set(before.limits);
  const outcomes = outcomesOf(resolved, now);
  const made = new Set(newHolds.map(({ id }) => id));
  const sequence = before.sequence + entries.length;
  // In the order that rows refer to each other.
  const lists: [Statement, readonly unknown[]][] = [
    [
      writes.newGrants,
      grants.filter((grant) => !known.has(grant.id)).map((grant) => newGrantOf(grant, change)),
    ],
    [writes.grants, grants.filter((grant) => known.has(grant.id) && known.get(grant.id) !== grant)],
    // A hold that is made and resolved in one change is written as it ends.
    [
      writes.newHolds,
      newHolds.map((hold) => ({ status: 'open', ...hold, createdAt: now, ...outcomes.get(hold.id) })),
    ],
    [writes.resolved, [...outcomes.values()].filter(({ id }) => !made.has(id))],
    [writes.entries, entries],
    [writes.limits, limits.filter((limit) => !counted.has(limit))],
    [writes.messages, messagesOf(change)],
    [writes.balance, [{ ...after.balance, sequence, headHash, nextGrantAt }]],
  ];
  return lists.flatMap(([statement, list]): Sending[] =>
    list.length === 0 ? [] : [[statement, [accountId, JSON.stringify(list), list.length]]],
  );
}

/** What becomes of each hold in the whole change, from what it was before the change. */
function outcomesOf(resolved: readonly ResolvedHold[], now: Date) {
  const outcomes = new Map<string, Required<ResolvedHold> & { resolvedAt: Date }>();
  for (const hold of resolved) {
    const before = outcomes.get(hold.id)?.before ?? hold.before ?? 'open';
    outcomes.set(hold.id, { isEstimated: false, ...hold, before, resolvedAt: now });
  }
  return outcomes;
}

/** A new grant with all that was ever given, though a hold of the same change may have spent of it already. */
function newGrantOf(grant: Grant, { after, now }: Change) {
  const booked = after.postings.find(({ kind, grantId }) => kind === 'grant' && grantId === grant.id);
  const amount = booked?.amount ?? grant.available + grant.held;
  return { ...grant, amount, reference: grant.reference ?? grant.id, createdAt: booked?.at ?? now };
}

/** What the outbox is told of a low balance, once for each threshold that the change crosses. */
function messagesOf({ before, after, now }: Change) {
  const { available } = after.balance;
  return crossedThresholds(before.lowBalanceThresholds, before.balance.available, available).map(
    (threshold) => ({
      id: newId(),
      at: now,
      topic: 'credit.low_balance',
      payload: { threshold: String(threshold), available: String(available) },
    }),
  );
}

function chainEntries({ accountId, now, before, after: { postings } }: Change) {
  let headHash = before.headHash;
  let available = before.balance.available;
  const entries = postings.map((posting, index) => {
    if (posting.from === 'available') available -= posting.amount;
    if (posting.to === 'available') available += posting.amount;
    const {
      holdId = null,
      grantId = null,
      operation = null,
      siteId = null,
      facts = {},
      at = now,
      ...rest
    } = posting;
    const content = {
      ...rest,
      accountId,
      sequence: before.sequence + index + 1,
      at,
      availableAfter: available,
      holdId,
      grantId,
      operation,
      siteId,
      facts,
    };
    headHash = chainHash(headHash, content);
    return { ...content, hash: headHash };
  });
  return { entries, headHash };
}
