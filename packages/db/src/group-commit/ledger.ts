import type { Clock } from '@tenantry/domain/time';
import { isConflict } from '../constraints.ts';
import { type Failpoint, noFailpoint } from '../failpoint.ts';
import { runBatch } from './batch.ts';
import type { LedgerAnswer, LedgerCall } from './call.ts';
import { type LedgerConnection, openLedgerConnections } from './connection.ts';

/** Where holds, settles and releases wait their turn: calls of one account that wait together share one commit. */
export interface Ledger {
  /** Answers once the call's effect is committed. A caller that waits holds no connection. */
  run<T>(accountId: string, call: LedgerCall<T>): Promise<LedgerAnswer<T>>;
  close(): Promise<void>;
}

interface Waiting {
  call: LedgerCall<unknown>;
  answer(value: unknown): void;
  fail(fault: unknown): void;
}

/** Calls of one transaction; more wait for the next, so that a commit stays short. */
const batchCallsMax = 64;
const attemptsMax = 3;

/** Opens ledger on a database: one at a time for each account, and accounts beside one another. */
export function openLedger(
  url: string,
  {
    connectionsMax,
    clock,
    onFault,
    failpoint = noFailpoint,
  }: {
    connectionsMax: number;
    clock: Clock;
    onFault: (fault: Error) => void;
    failpoint?: Failpoint;
  },
): Ledger {
  const connections = openLedgerConnections(url, connectionsMax, onFault);
  const queues = new Map<string, Waiting[]>();

  async function drain(accountId: string, queue: Waiting[]): Promise<void> {
    while (queue.length > 0) await serve(accountId, queue);
    queues.delete(accountId);
  }

  async function serve(accountId: string, queue: Waiting[]): Promise<void> {
    let connection: LedgerConnection;
    try {
      connection = await connections.open();
    } catch (fault) {
      for (const { fail } of queue.splice(0)) fail(fault);
      return;
    }
    // Whoever came while the connection was waited for comes along.
    const batch = queue.splice(0, batchCallsMax);
    let isBroken = false;
    try {
      await runAll(connection, accountId, batch);
    } catch {
      isBroken = true;
    } finally {
      connection.release(isBroken);
    }
  }

  /** Runs a batch, and when it fails as a whole each of its calls alone, so that no call fails its neighbours. */
  async function runAll(
    connection: LedgerConnection,
    accountId: string,
    batch: readonly Waiting[],
  ): Promise<void> {
    try {
      const answers = await attempt(connection, accountId, batch);
      for (const [index, { answer }] of batch.entries()) answer(answers[index]);
    } catch (fault) {
      if (batch.length === 1 || isLost(fault)) {
        for (const { fail } of batch) fail(fault);
        if (isLost(fault)) throw fault;
        return;
      }
      for (const one of batch) await runAll(connection, accountId, [one]);
    }
  }

  async function attempt(
    connection: LedgerConnection,
    accountId: string,
    batch: readonly Waiting[],
  ): Promise<LedgerAnswer<unknown>[]> {
    const calls = batch.map(({ call }) => call);
    for (let tried = 1; ; tried += 1) {
      try {
        return await runBatch(connection, accountId, calls, clock(), failpoint);
      } catch (fault) {
        if (tried === attemptsMax || !isConflict(fault)) throw fault;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * tried));
      }
    }
  }

  return {
    run: (accountId, call) =>
      new Promise((resolve, reject) => {
        // The lane hands every call the answer of its own work.
        const waiting: Waiting = {
          call: call as unknown as LedgerCall<unknown>,
          answer: resolve as (value: unknown) => void,
          fail: reject,
        };
        const queue = queues.get(accountId);
        if (queue !== undefined) {
          queue.push(waiting);
          return;
        }
        const made = [waiting];
        queues.set(accountId, made);
        void drain(accountId, made);
      }),
    close: () => connections.close(),
  };
}

/** Whether nobody knows what became of the transaction, or the connection is of no use any more. */
function isLost(fault: unknown): boolean {
  return !(
    fault instanceof Error &&
    'code' in fault &&
    typeof fault.code === 'string' &&
    /^(?:2|4)/.test(fault.code)
  );
}
