import type { OperationPrice } from '@tenantry/domain/credit/price';
import { booksOf, stateParameters, withGrants } from '../credit/books.ts';
import { type ChargeRow, grantsOf, loadCharges } from '../credit/charges.ts';
import { type Change, writesOf } from '../credit/change.ts';
import { type BalanceRow, type HoldJson, type StateRow, holdOf } from '../credit/rows.ts';
import {
  enterAccount,
  forgetCalls,
  loadCalls,
  loadHolds,
  loadPrices,
  loadSites,
  loadState,
  lockBalance,
  type Statement,
  writeCalls,
} from '../credit/statements.ts';
import type { LedgerAnswer, LedgerCall } from './call.ts';
import type { Failpoint } from '../failpoint.ts';
import { type LedgerConnection, settled } from './connection.ts';
import { type Loaded, decideAll } from './view.ts';
import type { Keys, StoredMark } from './keys.ts';

type AnyCall = LedgerCall<unknown>;

/**
 * Runs calls of one account in one transaction of two round trips: lock and read; decide; write and commit. Answers
 * each call in its place; throws when nothing was written.
 */
export async function runBatch(
  connection: LedgerConnection,
  accountId: string,
  calls: readonly AnyCall[],
  now: Date,
  pass: Failpoint,
): Promise<LedgerAnswer<unknown>[]> {
  try {
    const loaded = await load(connection, accountId, calls, now);
    await pass('lane_locked');
    const { answers, change, keys } = decideAll(accountId, calls, loaded, now);
    if (change === undefined) await connection.rollback();
    else await write(connection, change, keys, pass);
    return answers;
  } catch (fault) {
    // A lost connection cannot roll back, and it is the loss that the callers must hear of.
    await connection.rollback().catch(() => undefined);
    throw fault;
  }
}

/** Writes and commits without waiting in between: a statement that misses a row fails, and the commit with it. */
async function write(
  connection: LedgerConnection,
  change: Change,
  keys: Keys,
  pass: Failpoint,
): Promise<void> {
  const { accountId } = change;
  const { written, forgotten } = keys;
  const statements: Promise<unknown>[] = writesOf(change).map(([statement, values]) =>
    connection.send(statement, values),
  );
  if (written.length > 0)
    statements.push(connection.send(writeCalls, [accountId, JSON.stringify(written), written.length]));
  if (forgotten.length > 0) {
    const [procedures, names] = [
      forgotten.map(({ procedure }) => procedure),
      forgotten.map(({ key }) => key),
    ];
    statements.push(connection.send(forgetCalls, [accountId, procedures, names]));
  }
  const callInfo = callInfoOf(change);
  const commit = async () => {
    await pass(`${callInfo}_written`);
    await connection.commit();
  };
  await settled([...statements, commit()]);
  await pass(`${callInfo}_committed`);
}

/** What a change is called at the failpoints: several deeds may share one commit. */
function callInfoOf({ resolved = [] }: Change): 'settle' | 'release' | 'hold' {
  const by = (status: string) => resolved.some((hold) => hold.status === status);
  return by('settled') ? 'settle' : by('released') ? 'release' : 'hold';
}

/** Locks the books, then reads them and what the calls name, each statement sent behind the one before it. */
async function load(
  connection: LedgerConnection,
  accountId: string,
  calls: readonly AnyCall[],
  now: Date,
): Promise<Loaded> {
  const named = <T>(pick: (call: AnyCall) => readonly T[] | undefined) =>
    calls.flatMap((call) => pick(call) ?? []);
  const holdIds = named(({ work }) => work.holdIds);
  const chargedIds = named(({ work }) => work.chargedHoldIds);
  const siteIds = named(({ work }) => work.siteIds);
  const operations = named(({ work }) => work.operations);
  const keys = calls.flatMap(({ key }) => key ?? []);
  const moment = now.toISOString();
  const ask = <Row extends object>(statement: Statement, isAsked: boolean, values: unknown[]) =>
    isAsked ? connection.send<Row>(statement, values) : Promise.resolve<Row[]>([]);

  const entered = [connection.begin(), connection.send(enterAccount, [accountId])];
  const balances = connection.send<BalanceRow>(lockBalance, [accountId]);
  const states = connection.send<StateRow>(loadState, stateParameters(accountId, now));
  const holds = ask<{ holds: HoldJson[] }>(loadHolds, holdIds.length > 0, [accountId, holdIds]);
  const charged = ask<ChargeRow>(loadCharges, chargedIds.length > 0, [accountId, chargedIds]);
  const sites = ask<{ id: string }>(loadSites, siteIds.length > 0, [accountId, siteIds]);
  const isPriced = operations.length + holdIds.length > 0;
  const prices = ask<OperationPrice>(loadPrices, isPriced, [operations, accountId, holdIds]);
  const marks = ask<StoredMark>(loadCalls, keys.length > 0, [
    accountId,
    keys.map(({ procedure }) => procedure),
    keys.map(({ key }) => key),
    moment,
  ]);
  await settled([...entered, balances, states, holds, charged, sites, prices, marks]);
  const charges = await charged;
  return {
    books: withGrants(booksOf((await balances)[0], (await states)[0], now), grantsOf(charges)),
    charges,
    holds: (await holds).flatMap((row) => row.holds).map(holdOf),
    siteIds: (await sites).map(({ id }) => id),
    prices: await prices,
    marks: await marks,
  };
}
