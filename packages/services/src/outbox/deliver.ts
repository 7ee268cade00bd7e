import {
  type LeasedQueue,
  type QueuedMessage,
  messagesOfQueues,
  keyOfQueue,
} from '@tenantry/db/outbox/deliver';
import type { Transaction } from '@tenantry/db/transaction';
import type { RelayContext } from './context.ts';
import type { SignedWebhook } from '../ports.ts';
import { type Attempt, endQueue, recordDelivery } from './record.ts';

/** How long a worker may hold a queue. What a dead worker held is taken again after this time. */
export const leaseSeconds = 60;

/** How many messages of one queue are sent before it is given back, and for how long it sends at most. */
const messagesMax = 50;
const sendingMilliseconds = 3000;

/** A queue that was taken, with its oldest messages. */
export interface TakenQueue {
  queue: LeasedQueue;
  messages: readonly QueuedMessage[];
}

/** Takes queues and reads what they send, in one transaction. */
export function takeQueues(
  { database }: Pick<RelayContext, 'database'>,
  claim: (tx: Transaction) => Promise<LeasedQueue[]>,
): Promise<TakenQueue[]> {
  return database.withoutAccount.write({}, async (tx) => {
    const queues = await claim(tx);
    if (queues.length === 0) return [];
    const messages = await messagesOfQueues(tx, queues, messagesMax);
    return queues.map((queue) => ({ queue, messages: messages.get(keyOfQueue(queue)) ?? [] }));
  });
}

/**
 * Sends the messages of a queue one after the other, until one fails or its time is over, writes the attempts down and gives
 * the queue back. What waits for an endpoint that is disabled or deleted fails. A message that fails holds back the later ones of its queue: their order is the order of the account.
 */
export async function deliverQueue(context: RelayContext, { queue, messages }: TakenQueue): Promise<void> {
  const { clock, failpoint } = context;
  if (!queue.isEnabled) {
    await endQueue(context, queue);
    return;
  }
  const sealed = queue.previousSecret === null ? [queue.secret] : [queue.secret, queue.previousSecret];
  const target = { url: queue.url, secrets: sealed.map((one) => context.unseal(one).text) };
  const begun = clock().getTime();
  const attempts: Attempt[] = [];
  for (const message of messages) {
    if (clock().getTime() - begun >= sendingMilliseconds) break;
    const attempt = await attemptOnce(context, target, message);
    attempts.push(attempt);
    await failpoint('outbox_sent');
    if (attempt.outcome !== 'delivered') break;
  }
  await recordDelivery(context, queue, attempts);
  await failpoint('outbox_recorded');
}

async function attemptOnce(
  { webhooks, clock }: RelayContext,
  target: Pick<SignedWebhook, 'url' | 'secrets'>,
  message: QueuedMessage,
): Promise<Attempt> {
  const at = clock();
  const { outcome, status, answer, retryAfterSeconds } = await webhooks.send({
    ...target,
    id: message.messageId,
    timestamp: Math.floor(at.getTime() / 1000),
    body: message.body,
  });
  const durationMilliseconds = Math.max(0, clock().getTime() - at.getTime());
  const { deliveryId, messageId, type } = message;
  const row = { deliveryId, messageId, type, at, outcome, status, durationMilliseconds, answer };
  return { ...row, message, retryAfterSeconds };
}
