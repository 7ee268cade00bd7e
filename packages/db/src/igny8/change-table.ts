import type { OldDatabase } from './connection.ts';

/** How long a change of a table waits for its lock. Whoever uses the table waits behind it for so long at most. */
const lockMilliseconds = 200;
const attemptsMax = 150;
const pauseMilliseconds = 150;

const pause = () => new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
const setLockTimeout = `set local lock_timeout = '${lockMilliseconds}ms'`;

/** Whether a statement waited for a lock until its bound. */
const isLockTimeout = (fault: unknown): boolean =>
  fault instanceof Error && 'code' in fault && fault.code === '55P03';

/** Runs statements in one transaction. */
async function inTransaction(old: OldDatabase, statements: readonly string[]): Promise<void> {
  await old.send('begin');
  try {
    for (const sql of statements) await old.send(sql);
    await old.send('commit');
  } catch (fault) {
    await old.send('rollback');
    throw fault;
  }
}

/**
 * Changes a table in one transaction that waits for no lock longer than 200 ms, and tries again until it gets them. A
 * change that waits holds up every later statement on the table. Throws after half a minute without the lock.
 */
export async function changeTable(old: OldDatabase, statements: readonly string[]): Promise<void> {
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    try {
      return await inTransaction(old, [setLockTimeout, ...statements]);
    } catch (fault) {
      if (!isLockTimeout(fault)) throw fault;
      await pause();
    }
  }
  throw new Error(
    'a transaction has the table locked for longer than half a minute: end it, and run this again',
  );
}

/** A change of many rows, in batches. */
export interface Backfill {
  /** Changes at most `$1` rows after the id `$2` that nobody has locked, and answers the id of each. */
  batch: string;
  /** Answers one row while there is anything left. */
  left: string;
}

const rowsOfBatch = 200;

/**
 * Changes rows in batches of 200, each in a transaction of its own, and answers how many. It waits for no row that another
 * transaction has locked: it begins anew until none is left. What an interrupted run has changed stays changed.
 */
export async function backfill(old: OldDatabase, { batch, left }: Backfill): Promise<number> {
  let changed = 0;
  let after = 0n;
  for (let waits = 0; waits < attemptsMax; ) {
    const rows = await old.send<{ id: string }>(batch, [rowsOfBatch, after.toString()]);
    changed += rows.length;
    after = rows.reduce((highest, { id }) => (BigInt(id) > highest ? BigInt(id) : highest), after);
    if (rows.length > 0) continue;
    if ((await old.send(left)).length === 0) return changed;
    after = 0n;
    waits += 1;
    await pause();
  }
  throw new Error('a transaction has rows locked for longer than half a minute: end it, and run this again');
}

/** An index that is built beside the traffic. */
export interface ConcurrentIndex {
  name: string;
  build: string;
  drop: string;
}

const indexState = 'select indisvalid as "isValid" from pg_index where indexrelid = to_regclass($1)';

/** Whether an index is there and valid. */
export async function hasIndex(old: OldDatabase, { name }: Pick<ConcurrentIndex, 'name'>): Promise<boolean> {
  const [state] = await old.send<{ isValid: boolean }>(indexState, [name]);
  return state?.isValid === true;
}

/** Builds an index without a lock that writers wait for. What an interrupted build has left is dropped, before and after. */
export async function buildIndex(old: OldDatabase, index: ConcurrentIndex): Promise<void> {
  if (await hasIndex(old, index)) return;
  await old.send(index.drop);
  try {
    await old.send(index.build);
  } catch (fault) {
    await old.send(index.drop);
    throw fault;
  }
}
