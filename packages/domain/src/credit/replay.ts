import { type Balance, type Book, type EntryFacts, isEstimated, move } from './books.ts';

/** An entry as the journal has it, as far as the books follow from it. */
export interface JournalEntry {
  id: string;
  sequence: number;
  kind: string;
  from: Book;
  to: Book;
  amount: number;
  availableAfter: number;
  holdId: string | null;
  grantId: string | null;
  facts: EntryFacts;
}

/** The books as the journal alone makes them. */
export interface Replay {
  balance: Balance;
  sequence: number;
  /** What is left of each grant. */
  grants: Map<string, { available: number; held: number }>;
  /** What each hold still holds, what was paid for it, above it too, and whether that is an estimate yet. */
  holds: Map<string, { held: number; spent: number; isEstimated: boolean }>;
  /** What was not given back of each charge. */
  charges: Map<string, number>;
  /** Whether every entry named its grants; entries of the first version did not. */
  hasGrants: boolean;
}

/** Books before their first entry. */
export function emptyReplay(): Replay {
  const balance = { granted: 0, available: 0, held: 0, spent: 0, expired: 0 };
  const sequence = 0;
  return { balance, sequence, grants: new Map(), holds: new Map(), charges: new Map(), hasGrants: true };
}

/** Books an entry, and answers what is wrong with it as a sentence; undefined when it fits what came before. */
export function replayEntry(replay: Replay, entry: JournalEntry): string | undefined {
  if (entry.sequence !== replay.sequence + 1) return `comes after entry ${replay.sequence}`;
  if (entry.amount <= 0) return 'moves nothing';
  replay.sequence = entry.sequence;
  replay.balance = move(replay.balance, [entry]);
  const below = Object.entries(replay.balance).find(([, amount]) => amount < 0);
  if (below !== undefined) return `leaves ${below[0]} below zero`;
  if (replay.balance.available !== entry.availableAfter)
    return `leaves ${replay.balance.available} available, and says ${entry.availableAfter}`;
  return bookGrants(replay, entry) ?? bookHold(replay, entry) ?? bookCharge(replay, entry);
}

function bookGrants(replay: Replay, { from, to, amount, grantId, facts }: JournalEntry): string | undefined {
  const parts = facts.grants ?? (grantId === null ? [] : [{ grantId, amount }]);
  if (parts.length === 0) {
    replay.hasGrants = false;
    return undefined;
  }
  if (parts.reduce((sum, part) => sum + part.amount, 0) !== amount) return 'is more or less than its grants';
  for (const part of parts) {
    const grant = replay.grants.get(part.grantId) ?? { available: 0, held: 0 };
    if (from === 'available' || from === 'held') grant[from] -= part.amount;
    if (to === 'available' || to === 'held') grant[to] += part.amount;
    if (grant.available < 0 || grant.held < 0) return `takes more of grant ${part.grantId} than it has`;
    replay.grants.set(part.grantId, grant);
  }
  return undefined;
}

function bookHold(
  replay: Replay,
  { kind, from, to, amount, holdId, facts }: JournalEntry,
): string | undefined {
  if (holdId === null) return undefined;
  const hold = replay.holds.get(holdId) ?? { held: 0, spent: 0, isEstimated: false };
  if (from === 'held') hold.held -= amount;
  if (to === 'held') hold.held += amount;
  if (to === 'spent') hold.spent += amount;
  // A refund leaves what the work was settled at; a true-up sets it right.
  if (from === 'spent' && kind === 'true_up') hold.spent -= amount;
  if (kind === 'settle') hold.isEstimated = isEstimated(facts);
  if (kind === 'true_up') hold.isEstimated = false;
  replay.holds.set(holdId, hold);
  return hold.held < 0 ? `resolves more of hold ${holdId} than it held` : undefined;
}

function bookCharge(replay: Replay, { id, from, to, amount, facts }: JournalEntry): string | undefined {
  if (to === 'spent') replay.charges.set(id, amount);
  if (from !== 'spent') return facts.reverses === undefined ? undefined : 'reverses, and gives nothing back';
  const left = replay.charges.get(facts.reverses ?? '');
  if (facts.reverses === undefined || left === undefined) return 'gives back what is no charge';
  replay.charges.set(facts.reverses, left - amount);
  return amount > left ? `gives back more of charge ${facts.reverses} than was left of it` : undefined;
}
