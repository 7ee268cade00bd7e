import { actorFacts } from '@tenantry/domain/actor';
import type { MessageData, MessageType } from '@tenantry/domain/outbox/messages';
import { newId } from '../ids.ts';
import { type Page, type PageInput, afterId, pageOf } from '../page.ts';
import type { AccountTransaction } from '../transaction.ts';
import { rows } from '../sql.ts';
import { contentOf, hashAfter } from './chain.ts';
import { AuditEntry, OutboxMessage } from './entity.ts';

const insert = `with placed as (
  insert into audit_head as head (account_id, sequence, hash) values ($1, 1, ${hashAfter("''", '1', '$9::text')})
  on conflict (account_id) do update set sequence = head.sequence + 1,
    hash = ${hashAfter('head.hash', 'head.sequence + 1', '$9::text')}
  returning sequence, hash)
insert into audit_entry (account_id, id, at, action, actor, request_id, subject_id, facts, sequence, hash)
select $1::uuid, $2::uuid, $3::timestamptz, $4, $5, $6, $7, $8::jsonb, sequence, hash from placed`;

/** Writes who did what and on whose behalf, in the transaction of the change, at the end of the account's chain. */
export async function insertAuditEntry(
  { em, accountId, actor, actorName, requestId, now: at }: AccountTransaction,
  action: string,
  subjectId: string | null,
  given: Record<string, string> = {},
): Promise<void> {
  const facts = { ...given, ...actorFacts(actor) };
  const id = newId();
  const content = contentOf({ accountId, id, at, action, actor: actorName, requestId, subjectId, facts });
  const values = [
    accountId,
    id,
    at.toISOString(),
    action,
    actorName,
    requestId,
    subjectId,
    JSON.stringify(facts),
  ];
  await rows({ em }, insert, [...values, content]);
}

/** The audit trail of the account, newest first. */
export async function listAuditEntries(
  { em }: AccountTransaction,
  { limit, cursor }: PageInput,
): Promise<Page<AuditEntry>> {
  const order = { orderBy: { id: 'desc' }, limit: limit + 1 } as const;
  return pageOf(await em.find(AuditEntry, afterId(cursor), order), limit, ({ id }) => id);
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
