import { routeEmails } from '@tenantry/db/outbox/emails';
import { routeMessages, takeWaitingMessages } from '@tenantry/db/outbox/route';
import { mailedTypes } from '@tenantry/domain/outbox/mail';
import type { RelayContext } from './context.ts';
import { bodyOf } from './body.ts';

/** How many messages one transaction routes. */
const messagesMax = 500;

/**
 * Puts the messages that wait into the queue of every endpoint that asked for them and of every mailbox that gets them,
 * oldest first, and answers how many.
 * Whoever dies before the commit has done nothing, and the next one does it again.
 */
export async function routeOutbox({ database, clock, failpoint }: RelayContext): Promise<number> {
  const routed = await database.withoutAccount.write({}, async (tx) => {
    const waiting = await takeWaitingMessages(tx, messagesMax);
    const messages = waiting.map(({ id, ...message }) => ({
      id,
      accountId: message.accountId,
      body: bodyOf(message),
    }));
    if (messages.length > 0) {
      const now = clock();
      await routeMessages(tx, messages, now);
      await routeEmails(tx, messages, mailedTypes, now);
    }
    await failpoint('outbox_routed');
    return messages.length;
  });
  if (routed > 0) await failpoint('outbox_route_committed');
  return routed;
}
