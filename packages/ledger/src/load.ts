import { findCommand } from '@tenantry/db/idempotency/statements';
import type { KeyPlace, StoredCall } from '@tenantry/db/idempotency/call';
import type { Statement } from '@tenantry/db/sql';
import type { OperationPrice } from '@tenantry/domain/credit/price';
import { onBooksOf } from './books-error.ts';
import { type ChargeRow, grantsOf, underWayOf } from './charges.ts';
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
import type { LedgerReads, SpenderName } from './service.ts';
import {
  loadCharges,
  loadEntries,
  loadHolds,
  loadPrices,
  loadSites,
  loadSpentPlanGrants,
  loadState,
  lockBalance,
  sumUnderWayOfKey,
  sumUnderWayOfSite,
  tryLockBalance,
} from './statements.ts';
import type { StoredBooks, StoredHold } from './stored.ts';

/** What was read behind the lock for all requests of a transaction. */
export interface Loaded {
  books: StoredBooks;
  holds: readonly StoredHold[];
  charges: readonly ChargeRow[];
  entries: readonly ChargeRow[];
  siteIds: readonly string[];
  prices: readonly OperationPrice[];
  /** Credits of today's holds that may still be given back, by site or key. */
  underWay: ReadonlyMap<string, number>;
  calls: readonly StoredCall[];
}

/** What is read, of which account, at what time. */
export interface LoadInput {
  accountId: string;
  now: Date;
  reads: readonly LedgerReads[];
  /** The Idempotency-Keys that the requests name. */
  keys?: readonly KeyPlace[];
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

async function loadBehind(
  port: LedgerPort,
  lock: Statement,
  { accountId, now, reads, keys = [] }: LoadInput,
): Promise<Loaded | undefined> {
  const moment = now.toISOString();
  const named = <T>(pick: (one: LedgerReads) => readonly T[] | undefined) =>
    reads.flatMap((one) => pick(one) ?? []);
  const holdIds = named((one) => one.holdIds);
  const operations = named((one) => one.operations);
  const ask = <Row extends object>(statement: Statement, isAsked: boolean, ...values: unknown[]) =>
    isAsked ? port.send<Row>(statement, [accountId, ...values]) : Promise.resolve<Row[]>([]);
  const askById = <Row extends object>(statement: Statement, ids: readonly string[]) =>
    ask<Row>(statement, ids.length > 0, ids);

  const balances = port.send<BalanceRow>(lock, [accountId]);
  const states = port.send<StateRow>(loadState, [accountId, moment]);
  const holds = askById<{ holds: HoldJson[] }>(loadHolds, holdIds);
  const charged = askById<ChargeRow>(
    loadCharges,
    named((one) => one.chargedHoldIds),
  );
  const entries = askById<ChargeRow>(
    loadEntries,
    named((one) => one.entryIds),
  );
  const sites = askById<{ id: string }>(
    loadSites,
    named((one) => one.siteIds),
  );
  const prices = ask<OperationPrice>(loadPrices, operations.length + holdIds.length > 0, operations, holdIds);
  const isSpentAsked = reads.some((one) => one.spentPlanGrants === true);
  const spentGrants = ask<{ grants: GrantJson[] }>(loadSpentPlanGrants, isSpentAsked, moment);
  const spenders = named((one) => one.spenders).map((spender) =>
    askUnderWay(port, accountId, spender, moment),
  );
  const calls =
    keys.length > 0
      ? port.send<StoredCall>(...findCommand(accountId, keys, now))
      : Promise.resolve<StoredCall[]>([]);
  await settled([balances, states, holds, charged, entries, sites, prices, spentGrants, ...spenders, calls]);

  const [[balance], [state]] = [await balances, await states];
  if (balance === undefined) return undefined;
  const [charges, found] = [await charged, await entries];
  const more = [
    ...grantsOf([...charges, ...found]),
    ...(await spentGrants).flatMap(({ grants }) => grants).map(grantOf),
  ];
  const books = onBooksOf(accountId, () => withGrants(booksOf(balance, state, now), more));
  return {
    books,
    charges,
    entries: found,
    holds: (await holds).flatMap((row) => row.holds).map(holdOf),
    siteIds: (await sites).map(({ id }) => id),
    prices: await prices,
    underWay: new Map((await Promise.all(spenders)).map((one) => underWayOf(one, books.overdue, now))),
    calls: await calls,
  };
}

async function askUnderWay(
  port: LedgerPort,
  accountId: string,
  { id, subject }: SpenderName,
  moment: string,
) {
  const statement = subject === 'site' ? sumUnderWayOfSite : sumUnderWayOfKey;
  const [row] = await port.send<{ used: number }>(statement, [accountId, id, moment]);
  if (row === undefined) throw new Error('a sum answered no row');
  return { id, ...row };
}
