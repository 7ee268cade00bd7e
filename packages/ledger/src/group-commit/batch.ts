import { forgetCommand, writeCommand } from '@tenantry/db/idempotency/statements';
import type { Failpoint } from '@tenantry/db/failpoint';
import { timeAhead } from '@tenantry/domain/time';
import { type BoundRequest, spendingKeysOf } from '../bind.ts';
import { onBooksOf } from '../books-error.ts';
import { type Outcome, decideAll } from '../decide.ts';
import { load } from '../load.ts';
import { settled } from '../port.ts';
import { enterAccount } from '../statements.ts';
import { type Change, type Command, commandsOf } from '../write.ts';
import type { LedgerConnection } from './connection.ts';

/**
 * Runs requests of one account in one transaction of two round trips: lock and read; decide; write and commit. Then
 * answers each of them; throws, and has answered none, when nothing was written.
 */
export async function runBatch(
  connection: LedgerConnection,
  accountId: string,
  requests: readonly BoundRequest[],
  realTime: Date,
  pass: Failpoint,
): Promise<void> {
  // Two requests may know of different moves of a test clock; it never goes back.
  const ahead = Math.max(...requests.map(({ callInfo: { aheadMilliseconds = 0 } }) => aheadMilliseconds));
  const now = timeAhead(realTime, ahead);
  try {
    // Sent ahead of what `load` sends, and waited for together with it.
    const entered = [connection.begin(), connection.send(enterAccount, [accountId])];
    const keys = requests.flatMap(({ key }) => key ?? []);
    const reads = requests.map((request) => request.reads);
    const spendingKeyIds = spendingKeysOf(requests);
    const loading = load(connection, { accountId, now, realTime, reads, spendingKeyIds, keys });
    await settled([...entered, loading]);
    await pass('ledger_locked');
    const outcome = decideAll(accountId, requests, await loading, { now, realTime });
    if (outcome.decided.some(({ change }) => change !== undefined)) await commit(connection, outcome, pass);
    else await connection.rollback();
    for (const { deliver } of outcome.decided) deliver();
  } catch (fault) {
    // A lost connection cannot roll back, and it is the loss that the callers must hear of.
    await connection.rollback().catch(() => undefined);
    throw fault;
  }
}

/** Writes and commits without waiting in between: a statement that misses a row fails, and the commit with it. */
async function commit(connection: LedgerConnection, outcome: Outcome, pass: Failpoint): Promise<void> {
  const { change } = outcome;
  const sent = commandsOfBatch(outcome).map((command) => connection.send(...command));
  const name = nameOf(change);
  const committing = async () => {
    await pass(`${name}_written`);
    await connection.commit();
  };
  await settled([...sent, committing()]);
  await pass(`${name}_committed`);
}

function commandsOfBatch({ change, marks, freed }: Outcome): Command[] {
  const { accountId } = change;
  return [
    ...onBooksOf(accountId, () => commandsOf(change)),
    ...(marks.length === 0 ? [] : [writeCommand(accountId, marks)]),
    ...(freed.length === 0 ? [] : [forgetCommand(accountId, freed)]),
  ];
}

/** What a change is called at the failpoints: several requests may share one commit. */
function nameOf({ resolved }: Change): 'settle' | 'release' | 'hold' {
  const has = (status: string) => resolved.some((hold) => hold.status === status);
  return has('settled') ? 'settle' : has('released') ? 'release' : 'hold';
}
