import { actorFacts } from '@tenantry/domain/actor';
import type { MessageData, MessageType } from '@tenantry/domain/outbox/messages';
import { newId } from '../ids.ts';
import type { AccountTransaction } from '../transaction.ts';
import { AuditEntry, OutboxMessage } from './entity.ts';

/** Writes who did what and on whose behalf, in the transaction of the change. */
export async function insertAuditEntry(
  { em, accountId, actor, actorName, requestId, now }: AccountTransaction,
  action: string,
  subjectId: string | null,
  given: Record<string, string> = {},
): Promise<void> {
  const facts = { ...given, ...actorFacts(actor) };
  const row = { accountId, id: newId(), at: now, action, actor: actorName, requestId, subjectId, facts };
  await em.insert(AuditEntry, row);
}

/** The newest audit row of some actions on a subject, or null: who did it last, when and why. */
export async function newestAuditOf(
  { em }: AccountTransaction,
  { actions, subjectId }: { actions: readonly string[]; subjectId: string },
): Promise<AuditEntry | null> {
  const where = { action: { $in: [...actions] }, subjectId };
  const [entry] = await em.find(AuditEntry, where, { orderBy: { id: 'desc' }, limit: 1 });
  return entry ?? null;
}

/** Puts a message of the closed list in the outbox, in the transaction of the change. */
export async function enqueueOutboxMessage<Type extends MessageType>(
  { em, accountId, now }: AccountTransaction,
  topic: Type,
  payload: MessageData[Type],
  id = newId(),
): Promise<void> {
  await em.insert(OutboxMessage, { accountId, id, at: now, topic, payload });
}
