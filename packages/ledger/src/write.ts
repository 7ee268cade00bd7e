import type { Statement } from '@tenantry/db/sql';
import { newId } from '@tenantry/db/ids';
import type { LowBalanceAlert, LowBalanceReport } from '@tenantry/domain/credit/alerts';
import type { Grant } from '@tenantry/domain/credit/books';
import type { Books } from '@tenantry/domain/credit/ledger';
import type { SpendingLimit } from '@tenantry/domain/credit/limits';
import type { MessageData, MessageType } from '@tenantry/domain/outbox/messages';
import { type SignedPosting, chainEntries } from './postings.ts';
import type { ExtendedHold, NewHold, ResolvedHold, StoredBooks } from './stored.ts';
import { type RowWrite, writes } from './writes.ts';

/** Everything that one transaction does to an account's books. */
export interface Change {
  accountId: string;
  now: Date;
  before: StoredBooks;
  after: Omit<Books, 'postings'> & { postings: readonly SignedPosting[] };
  newHolds: readonly NewHold[];
  resolved: readonly ResolvedHold[];
  extended: readonly ExtendedHold[];
  alerts: readonly LowBalanceAlert[];
  reports: readonly LowBalanceReport[];
}

/** A statement with the values that it is sent with. */
export type Command = readonly [statement: Statement, values: readonly unknown[]];

/**
 * What is sent to write a change, in order. Throws when the books would hold more than a number counts exactly: they
 * would be wrong by a credit without anyone noticing.
 */
export function commandsOf(change: Change): Command[] {
  const { accountId, now, before, after, newHolds, resolved, extended, alerts } = change;
  if (!Number.isSafeInteger(after.balance.granted))
    throw new RangeError('the books would hold more than a number can count');
  const place = { ...before, accountId, available: before.balance.available };
  const { entries, headHash } = chainEntries(place, after.postings, now);
  const balance = { ...after.balance, headHash, nextGrantAt: after.nextGrantAt, alerts };
  const outcomes = outcomesOf(resolved, now);
  const longer = new Map(extended.map((hold) => [hold.id, hold]));
  const made = new Set(newHolds.map(({ id }) => id));
  // In the order that rows refer to each other.
  return [
    ...grantCommands(change),
    // A hold that is made, extended and resolved in one change is written as it ends.
    command(
      accountId,
      writes.newHolds,
      newHolds.map((hold) => ({
        status: 'open',
        ...hold,
        createdAt: now,
        ...longer.get(hold.id),
        ...outcomes.get(hold.id),
      })),
    ),
    command(
      accountId,
      writes.extended,
      [...longer.values()].filter(({ id }) => !made.has(id)),
    ),
    command(
      accountId,
      writes.resolved,
      [...outcomes.values()].filter(({ id }) => !made.has(id)),
    ),
    command(accountId, writes.entries, entries),
    ...limitCommands(accountId, before.limits, after.limits),
    command(accountId, writes.messages, messagesOf(change)),
    command(accountId, writes.balance, [{ ...balance, sequence: before.sequence + entries.length }]),
  ].flatMap((one) => one ?? []);
}

/** A statement for rows; undefined for none. */
function command(
  accountId: string,
  { isById, ...statement }: RowWrite,
  list: readonly object[],
): Command[] | undefined {
  if (list.length === 0) return undefined;
  const values = [accountId, JSON.stringify(list), list.length];
  const ids = () => list.map((row) => ('id' in row ? row.id : undefined));
  return [[statement, isById ? [...values, ids()] : values]];
}

function grantCommands(change: Change) {
  const { accountId, before, after } = change;
  const known = new Map(before.grants.map((grant) => [grant.id, grant]));
  const [fresh, changed] = [
    after.grants.filter(({ id }) => !known.has(id)),
    after.grants.filter((grant) => known.has(grant.id) && known.get(grant.id) !== grant),
  ];
  const made = fresh.map((grant) => newGrantOf(grant, change));
  return [command(accountId, writes.newGrants, made), command(accountId, writes.grants, changed)];
}

/** A new grant with all that was ever given, though a hold of the same change may have spent of it already. */
function newGrantOf(grant: Grant, { after, now }: Change) {
  if (grant.reference === undefined) throw new Error(`the new grant ${grant.id} has no reference`);
  const booked = after.postings.find(({ from, grantId }) => from === 'granted' && grantId === grant.id);
  // A refund's grant comes out of what was spent, and is not granted anew.
  const amount = booked?.amount ?? grant.available + grant.held;
  return { ...grant, amount, createdAt: booked?.at ?? now };
}

function limitCommands(accountId: string, before: readonly SpendingLimit[], after: readonly SpendingLimit[]) {
  const known = new Map(before.map((one) => [one.id, one]));
  return [
    command(
      accountId,
      writes.newLimits,
      after.filter(({ id }) => !known.has(id)),
    ),
    command(
      accountId,
      writes.limits,
      after.filter((one) => known.has(one.id) && known.get(one.id) !== one),
    ),
  ];
}

/** What becomes of each hold in the whole change, from what it was before the change. */
function outcomesOf(resolved: readonly ResolvedHold[], now: Date) {
  const outcomes = new Map<string, Required<ResolvedHold> & { resolvedAt: Date; truedUpAt: Date | null }>();
  for (const hold of resolved) {
    const before = outcomes.get(hold.id)?.before ?? hold.before ?? 'open';
    // Only what replaces an estimate changes a hold that is settled.
    const truedUpAt = hold.before === 'settled' ? now : null;
    outcomes.set(hold.id, { isEstimated: false, ...hold, before, resolvedAt: now, truedUpAt });
  }
  return outcomes;
}

/** The outbox messages of a low balance. */
function messagesOf({ reports, now }: Change) {
  return reports.map(({ threshold, available }) => ({
    id: newId(),
    at: now,
    topic: 'credit.low_balance' satisfies MessageType,
    payload: { threshold, available } satisfies MessageData['credit.low_balance'],
  }));
}
