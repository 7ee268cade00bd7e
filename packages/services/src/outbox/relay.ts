import {
  type Claim,
  type LeasedQueue,
  claimOperatorQueues,
  claimOwnQueues,
  listOperatorEndpointIds,
} from '@tenantry/db/outbox/deliver';
import type { Transaction } from '@tenantry/db/transaction';
import type { MailContext, RelayContext } from './context.ts';
import { type TakenQueue, deliverQueue, leaseSeconds, takeQueues } from './deliver.ts';
import { startLoop } from './loop.ts';
import { mailOutbox } from './mail.ts';
import { sendOperatorTests } from './operator-tests.ts';
import { routeOutbox } from './route.ts';

/** How many queues of one kind this process sends at a time. */
const places = { healthy: 48, suspect: 16, operator: 8 } as const;

/** A relay that runs until it is stopped. */
export interface Relay {
  /** Takes nothing more, and waits for the attempts that are being made. */
  stop(): Promise<void>;
}

/**
 * Starts the relay: it routes what waits in the outbox, and sends what waits in the queues and mailboxes. Queues whose last
 * attempt failed or was slow have places of their own, so that they never take those of the others; each endpoint of the
 * operator has its own as well, and e-mails are sent beside all of them. `onFault` is told of every fault.
 */
export function startRelay(context: RelayContext & MailContext, onFault: (fault: unknown) => void): Relay {
  const running = new Map<string, Set<Promise<void>>>();

  const begin = (place: string, taken: TakenQueue): void => {
    const work = running.get(place) ?? new Set();
    running.set(place, work);
    const one: Promise<void> = deliverQueue(context, taken)
      .catch(onFault)
      .finally(() => {
        work.delete(one);
        webhooks.wake();
      });
    work.add(one);
  };

  /** Takes as many queues as there are free places; answers whether it took one. */
  const fill = async (
    place: string,
    most: number,
    claim: (tx: Transaction, claim: Claim) => Promise<LeasedQueue[]>,
  ): Promise<boolean> => {
    const queuesMax = most - (running.get(place)?.size ?? 0);
    if (queuesMax <= 0) return false;
    const now = context.clock();
    const taken = await takeQueues(context, (tx) => claim(tx, { now, leaseSeconds, queuesMax }));
    if (taken.length > 0) await context.failpoint('outbox_claimed');
    for (const one of taken) begin(place, one);
    return taken.length > 0;
  };

  const round = async (): Promise<boolean> => {
    const routed = await routeOutbox(context);
    const operators = await context.database.withoutAccount.read({}, listOperatorEndpointIds);
    const filled = [
      await fill('healthy', places.healthy, (tx, claim) => claimOwnQueues(tx, claim, false)),
      await fill('suspect', places.suspect, (tx, claim) => claimOwnQueues(tx, claim, true)),
    ];
    for (const id of operators)
      filled.push(await fill(id, places.operator, (tx, claim) => claimOperatorQueues(tx, claim, id)));
    return routed > 0 || filled.includes(true);
  };

  const webhooks = startLoop(round, onFault);
  const emails = startLoop(async () => (await mailOutbox(context, onFault)) > 0, onFault);
  const tests = startLoop(async () => (await sendOperatorTests(context)) > 0, onFault);
  return {
    stop: async () => {
      await Promise.all([webhooks.stop(), emails.stop(), tests.stop()]);
      await Promise.all([...running.values()].flatMap((work) => [...work]));
    },
  };
}
