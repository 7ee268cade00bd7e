import { type Failpoint, noFailpoint } from '@tenantry/db/failpoint';
import { SilentDatabaseError } from '@tenantry/db/silent-connections';
import type { RefusalCode } from '@tenantry/domain/refusals';
import type { Clock } from '@tenantry/domain/time';
import { bind } from '../bind.ts';
import type { LedgerAnswer, LedgerRequest } from '../service.ts';
import { type Waiting, runAll } from './attempts.ts';
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

/** How a ledger is opened; `onFault` is told of each connection that is lost. */
export interface LedgerOptions {
  connectionsMax: number;
  clock: Clock;
  onFault: (fault: Error) => void;
  failpoint?: Failpoint;
}

/** Requests of one transaction; more wait for the next, so that a commit stays short. */
const batchRequestsMax = 64;

function failAll(queue: Waiting[], fault: unknown): void {
  for (const { fail } of queue.splice(0)) fail(fault);
}

/** Opens the ledger of a database: one transaction at a time for each account, and accounts beside one another. */
export function openLedger(
  url: string,
  { connectionsMax, clock, onFault, failpoint = noFailpoint }: LedgerOptions,
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
      failAll(queue, fault);
      return;
    }
    // Requests that came while the connection was waited for belong to the batch.
    const batch = queue.splice(0, batchRequestsMax);
    let isBroken = false;
    try {
      await runAll(batch, (requests) => runBatch(connection, accountId, requests, clock(), failpoint));
    } catch (fault) {
      isBroken = true;
      // Whoever waits behind a database that does not answer has waited as long as the batch.
      if (fault instanceof SilentDatabaseError) failAll(queue, fault);
    } finally {
      connection.release(isBroken);
    }
  }

  function enqueue(accountId: string, waiting: Waiting): void {
    const queue = queues.get(accountId);
    if (queue !== undefined) {
      queue.push(waiting);
      return;
    }
    const made = [waiting];
    queues.set(accountId, made);
    void drain(accountId, made);
  }

  return {
    change: (accountId, request) =>
      new Promise((resolve, reject) => {
        enqueue(accountId, { request: bind(request, { answer: resolve, replay: resolve }), fail: reject });
      }),
    close: () => connections.close(),
  };
}
