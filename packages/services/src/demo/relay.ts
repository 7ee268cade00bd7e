import { noFailpoint } from '@tenantry/db/failpoint';
import { claimOwnQueues } from '@tenantry/db/outbox/deliver';
import { deliverQueue, leaseSeconds, takeQueues } from '../outbox/deliver.ts';
import { mailOutbox } from '../outbox/mail.ts';
import { routeOutbox } from '../outbox/route.ts';
import type { World } from './world.ts';

/** For how long before the end of the history the endpoint that fails has failed, in hours. */
const failingHours = 60;

/**
 * Relays what waits in the outbox at a time of the history, as the worker does. The e-mails and webhooks count as sent and
 * go nowhere: their readers do not exist. An endpoint whose URL ends in `failing` answers 500 in the last days.
 */
export async function relayUntil(world: World, at: Date): Promise<void> {
  const { database, identity, emails, until } = world;
  const context = {
    database,
    clock: () => at,
    random: () => 0.5,
    failpoint: noFailpoint,
    unseal: identity.unseal,
    digestText: identity.digestText,
    emails,
    webhooks: {
      send: async ({ url }: { url: string }) => {
        const isFailing =
          url.endsWith('/failing') && until.getTime() - at.getTime() < failingHours * 3_600_000;
        return isFailing
          ? ({ outcome: 'rejected', status: 500, answer: 'Internal Server Error' } as const)
          : ({ outcome: 'delivered', status: 204, answer: '' } as const);
      },
    },
  };
  if ((await routeOutbox(context)) === 0) return;
  const claim = { now: at, leaseSeconds, queuesMax: 16 };
  for (const isSuspect of world.endpoints === 0 ? [] : [false, true])
    for (const taken of await takeQueues(context, (tx) => claimOwnQueues(tx, claim, isSuspect)))
      await deliverQueue(context, taken);
  const fail = (fault: unknown) => {
    throw fault;
  };
  while ((await mailOutbox(context, fail)) > 0);
}
