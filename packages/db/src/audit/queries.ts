import { newId } from '../ids.ts';
import type { Records } from '../transact.ts';
import { AuditEntry, OutboxMessage } from './entity.ts';

/** Records who did what, in the transaction of the deed. */
export async function recordDeed(
  { em, accountId, actorName, requestId, now }: Records,
  action: string,
  subjectId: string | null,
  facts: Record<string, string> = {},
): Promise<void> {
  const row = { accountId, id: newId(), at: now, action, actor: actorName, requestId, subjectId, facts };
  await em.insert(AuditEntry, row);
}

/** Puts a message in the outbox, in the transaction of the deed. */
export async function tellOthers(
  { em, accountId, now }: Records,
  topic: string,
  payload: Record<string, string>,
): Promise<void> {
  await em.insert(OutboxMessage, { accountId, id: newId(), at: now, topic, payload });
}
