import { findOpenSites } from '@tenantry/db/site/queries';
import { findCommand } from '@tenantry/db/idempotency/statements';
import type { KeyPlace, StoredCall } from '@tenantry/db/idempotency/call';
import type { Statement } from '@tenantry/db/sql';
import type { OperationPrice } from '@tenantry/domain/credit/price';
import { onBooksOf } from './books-error.ts';
import { type ChargeRow, grantsOf } from './charges.ts';
import { type LedgerPort, settled } from './port.ts';
import {
  type BalanceRow,
  type GrantJson,
  type HoldJson,
  type StateRow,
  booksOf,
  grantOf,
  holdOf,
  withGrants,
} from './rows.ts';
import type { LedgerReads } from './service.ts';
import {
  loadCharges,
  loadEntries,
  loadHolds,
  loadLimitGroups,
  loadPrices,
  loadSpentPlanGrants,
  loadState,
  lockBalance,
  tryLockBalance,
} from './statements.ts';
import type { StoredBooks, StoredHold } from './stored.ts';

/** A price, and whether it is what its operation costs now. */
export type LoadedPrice = OperationPrice & { isCurrent: boolean };

/** What was read behind the lock for all requests of a transaction. */
export interface Loaded {
  books: StoredBooks;
  holds: readonly StoredHold[];
  charges: readonly ChargeRow[];
  entries: readonly ChargeRow[];
  siteIds: readonly string[];
  prices: readonly LoadedPrice[];
  /** The groups in which the keys that spend share their limits, by key. */
  limitGroups: ReadonlyMap<string, string>;
  calls: readonly StoredCall[];
}

/** What is read, of which account, at what time. */
export interface LoadInput {
  accountId: string;
  now: Date;
  reads: readonly LedgerReads[];
  /** The API keys that spend. */
  spendingKeyIds: readonly string[];
  /** The Idempotency-Keys that the requests name, which live in real time; missing without any. */
  keys?: readonly KeyPlace[];
  realTime?: Date;
}

/** Locks the balance, then reads the books and what the requests name. Sends everything before it waits. */
export async function load(port: LedgerPort, input: LoadInput): Promise<Loaded> {
  const loaded = await loadBehind(port, lockBalance, input);
  return onBooksOf(input.accountId, () => {
    if (loaded === undefined) throw new Error('there is no balance');
    return loaded;
  });
}

/** As `load`, but answers undefined at once while another transaction holds the lock, or when there is no balance. */
export function tryLoad(port: LedgerPort, input: LoadInput): Promise<Loaded | undefined> {
  return loadBehind(port, tryLockBalance, input);
}

async function loadBehind(port: LedgerPort, lock: Statement, input: LoadInput): Promise<Loaded | undefined> {
  const { accountId, now } = input;
  const sent = sendAll(port, lock, input);
  await settled(Object.values(sent));
  const [[balance], [state]] = [await sent.balances, await sent.states];
  if (balance === undefined) return undefined;
  const [charges, entries] = [await sent.charges, await sent.entries];
  const spent = (await sent.spentPlanGrants).flatMap(({ grants }) => grants).map(grantOf);
  const holds = (await sent.holds).flatMap((row) => row.holds);
  const groups = await sent.limitGroups;
  const more = { charges, entries, siteIds: (await sent.sites).map(({ id }) => id) };
  const [prices, calls] = [await sent.prices, await sent.calls];
  return onBooksOf(accountId, () => {
    const books = withGrants(booksOf(balance, state, now), [...grantsOf([...charges, ...entries]), ...spent]);
    return {
      ...more,
      books,
      prices,
      calls,
      holds: holds.map(holdOf),
      limitGroups: new Map(groups.map(({ id, limitGroupId }) => [id, limitGroupId])),
    };
  });
}

/** Sends the lock and every read that is asked for, one behind the other, and waits for none. */
function sendAll(
  port: LedgerPort,
  lock: Statement,
  { accountId, now, realTime = now, reads, spendingKeyIds, keys = [] }: LoadInput,
) {
  const moment = now.toISOString();
  const named = <T>(pick: (one: LedgerReads) => readonly T[] | undefined) =>
    reads.flatMap((one) => pick(one) ?? []);
  const ask = <Row extends object>(statement: Statement, isAsked: boolean, ...values: unknown[]) =>
    isAsked ? port.send<Row>(statement, [accountId, ...values]) : Promise.resolve<Row[]>([]);
  const byId = <Row extends object>(statement: Statement, ids: readonly string[]) =>
    ask<Row>(statement, ids.length > 0, ids);
  const [holdIds, operations] = [named((one) => one.holdIds), named((one) => one.operations)];
  const isPriced = operations.length + holdIds.length > 0;
  const isSpentAsked = reads.some((one) => one.spentPlanGrants === true);
  const find = findCommand(accountId, keys, realTime);
  // The order matters: what stands behind the lock reads what the transaction before has written.
  return {
    balances: port.send<BalanceRow>(lock, [accountId]),
    states: port.send<StateRow>(loadState, [accountId, moment]),
    holds: byId<{ holds: HoldJson[] }>(loadHolds, holdIds),
    charges: byId<ChargeRow>(
      loadCharges,
      named((one) => one.chargedHoldIds),
    ),
    entries: byId<ChargeRow>(
      loadEntries,
      named((one) => one.entryIds),
    ),
    sites: byId<{ id: string }>(
      findOpenSites,
      named((one) => one.siteIds),
    ),
    prices: ask<LoadedPrice>(loadPrices, isPriced, operations, holdIds),
    spentPlanGrants: ask<{ grants: GrantJson[] }>(loadSpentPlanGrants, isSpentAsked, moment),
    limitGroups: byId<{ id: string; limitGroupId: string }>(loadLimitGroups, spendingKeyIds),
    calls: keys.length > 0 ? port.send<StoredCall>(...find) : Promise.resolve<StoredCall[]>([]),
  };
}
