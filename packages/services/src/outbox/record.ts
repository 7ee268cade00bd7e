import { enqueueOutboxMessage } from '@tenantry/db/audit/queries';
import {
  type AttemptRow,
  type LeasedQueue,
  type QueuedMessage,
  disableEndpoint,
  holdsLease,
  noteFailure,
  noteSuccess,
  recordAttempts,
  releaseQueue,
} from '@tenantry/db/outbox/deliver';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { failPendingDeliveries } from '@tenantry/db/webhook/queries';
import type { DisabledReason } from '@tenantry/domain/outbox/delivery';
import { hasFailedTooLong, nextAttempt } from '@tenantry/domain/outbox/retry';
import { type RelayContext, relayCall } from './context.ts';

/** A queue whose attempts take longer shares the places of those that fail. */
const slowMilliseconds = 2000;

/** One attempt, with what the retry depends on. */
export interface Attempt extends AttemptRow {
  message: QueuedMessage;
  retryAfterSeconds: number | undefined;
}

/**
 * Writes down the attempts at a queue and gives it back, in one transaction of its account. When the lease has ended and
 * another worker has the queue, that one's attempts count and these do not.
 */
export async function recordDelivery(
  { database, clock, random, failpoint }: RelayContext,
  queue: LeasedQueue,
  attempts: readonly Attempt[],
): Promise<void> {
  const now = clock();
  await database.inAccount.write({ accountId: queue.accountId }, relayCall(now), async (tx) => {
    if (!(await holdsLease(tx, queue))) return;
    const failed = attempts.find(({ outcome }) => outcome !== 'delivered');
    const retryAt = failed && retryOf(failed, now, random());
    await write(tx, queue, attempts, retryAt === undefined);
    if (attempts.length > 0 && failed === undefined) await noteSuccess(tx, queue);
    if (failed !== undefined) await handleFailure(tx, queue, failed, retryAt);
    const isSlow = attempts.some(({ durationMilliseconds }) => durationMilliseconds > slowMilliseconds);
    const isSuspect = failed !== undefined || isSlow;
    await releaseQueue(tx, queue, { nextAttemptAt: retryAt ?? now, isSuspect });
    await failpoint('outbox_record_written');
  });
}

/** Fails what waits for an endpoint to which nothing is sent any more, and gives its queue back. */
export async function endQueue({ database, clock }: RelayContext, queue: LeasedQueue): Promise<void> {
  const now = clock();
  await database.inAccount.write({ accountId: queue.accountId }, relayCall(now), async (tx) => {
    if (!(await holdsLease(tx, queue))) return;
    await failPendingDeliveries(tx, queue.endpointId);
    await releaseQueue(tx, queue, { nextAttemptAt: now, isSuspect: false });
  });
}

function retryOf({ message, outcome, retryAfterSeconds }: Attempt, now: Date, random: number) {
  if (outcome === 'gone') return undefined;
  const { attempts, since } = message;
  return nextAttempt({ attempts: attempts + 1, since, now, random, retryAfterSeconds });
}

function write(
  tx: AccountTransaction,
  queue: LeasedQueue,
  attempts: readonly Attempt[],
  isGivenUp: boolean,
): Promise<void> {
  const statusOf = ({ outcome }: Attempt) => {
    if (outcome === 'delivered') return 'delivered' as const;
    return isGivenUp ? ('failed' as const) : ('pending' as const);
  };
  const rows = attempts.map(({ message: _message, retryAfterSeconds: _seconds, ...row }) => row);
  const deliveries = attempts.map((attempt) => ({
    id: attempt.deliveryId,
    status: statusOf(attempt),
    at: attempt.at,
  }));
  return recordAttempts(tx, queue, rows, deliveries);
}

/** Disables an endpoint that is gone, or that nothing has reached for too long when a message is given up. */
async function handleFailure(
  tx: AccountTransaction,
  queue: LeasedQueue,
  { outcome, at }: Attempt,
  retryAt: Date | undefined,
): Promise<void> {
  const failingSince = await noteFailure(tx, queue, at);
  const isOver = retryAt === undefined && hasFailedTooLong(failingSince, tx.now);
  if (outcome === 'gone') await disable(tx, queue, 'gone', failingSince);
  else if (isOver) await disable(tx, queue, 'failing', failingSince);
}

async function disable(
  tx: AccountTransaction,
  queue: LeasedQueue,
  reason: DisabledReason,
  failingSince: Date,
): Promise<void> {
  const { endpointId, isOperators } = queue;
  await disableEndpoint(tx, queue, reason);
  await failPendingDeliveries(tx, endpointId);
  if (isOperators) return;
  const message = { endpointId, failingSince: failingSince.toISOString() };
  await enqueueOutboxMessage(tx, 'webhook_endpoint.disabled', message);
}
