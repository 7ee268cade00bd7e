import { isConflict } from '@tenantry/db/constraints';
import { type Failpoint, noFailpoint } from '@tenantry/db/failpoint';
import type { RefusalCode } from '@tenantry/domain/refusals';
import type { Clock } from '@tenantry/domain/time';
import { type BoundRequest, bind } from '../bind.ts';
import { BooksError } from '../books-error.ts';
import type { LedgerAnswer, LedgerRequest } from '../service.ts';
import { runBatch } from './batch.ts';
import { type LedgerConnection, openLedgerConnections } from './connection.ts';

/** Group commit: requests of one account that wait at the same time share one transaction and one commit. */
export interface Ledger {
  /**
   * Changes an account's credits, and answers once that is committed. A caller that waits holds no connection. A request
   * with an Idempotency-Key may be answered from an earlier one.
   */
  change<Input, Output, Code extends RefusalCode>(
    accountId: string,
    request: LedgerRequest<Input, Output, Code>,
  ): Promise<LedgerAnswer<Output, Code>>;
  close(): Promise<void>;
}

/** A request that waits for its turn; it tells its caller itself. */
interface Waiting {
  request: BoundRequest;
  fail(fault: unknown): void;
}

/** Requests of one transaction; more wait for the next, so that a commit stays short. */
const batchRequestsMax = 64;
const attemptsMax = 3;

/** Opens the ledger of a database: one transaction at a time for each account, and accounts beside one another. */
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
    // Requests that came while the connection was waited for belong to the batch.
    const batch = queue.splice(0, batchRequestsMax);
    let isBroken = false;
    try {
      await runAll(connection, accountId, batch);
    } catch {
      isBroken = true;
    } finally {
      connection.release(isBroken);
    }
  }

  /** Runs a batch, and when it fails as a whole each of its requests alone, so that none fails the others. */
  async function runAll(
    connection: LedgerConnection,
    accountId: string,
    batch: readonly Waiting[],
  ): Promise<void> {
    try {
      await attempt(connection, accountId, batch);
    } catch (fault) {
      if (batch.length === 1 || isLost(fault)) {
        for (const { fail } of batch) fail(fault);
        if (isLost(fault)) throw fault;
        return;
      }
      await runEach(connection, accountId, batch);
    }
  }

  /** Runs each request alone; when the connection is lost, those that were not tried fail with the one that lost it. */
  async function runEach(
    connection: LedgerConnection,
    accountId: string,
    batch: readonly Waiting[],
  ): Promise<void> {
    for (const [index, one] of batch.entries()) {
      try {
        await runAll(connection, accountId, [one]);
      } catch (lost) {
        for (const { fail } of batch.slice(index + 1)) fail(lost);
        throw lost;
      }
    }
  }

  async function attempt(
    connection: LedgerConnection,
    accountId: string,
    batch: readonly Waiting[],
  ): Promise<void> {
    const requests = batch.map(({ request }) => request);
    for (let tried = 1; ; tried += 1) {
      try {
        return await runBatch(connection, accountId, requests, clock(), failpoint);
      } catch (fault) {
        if (tried === attemptsMax || !isConflict(fault)) throw fault;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * tried));
      }
    }
  }

  return {
    change: (accountId, request) =>
      new Promise((resolve, reject) => {
        const bound = bind(request, { answer: resolve, replay: resolve });
        const waiting: Waiting = { request: bound, fail: reject };
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
  if (fault instanceof BooksError) return false;
  return !(
    fault instanceof Error &&
    'code' in fault &&
    typeof fault.code === 'string' &&
    /^(?:2|4)/.test(fault.code)
  );
}
