import { defineEntity, p } from '@mikro-orm/core';
import type { MessageData, MessageType } from '@tenantry/domain/outbox/messages';
import { tenantFilter } from '../tenancy.ts';

const AuditSchema = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit_entry',
  filters: tenantFilter(),
  properties: {
    accountId: p.uuid().primary(),
    id: p.uuid().primary(),
    at: p.datetime(),
    action: p.text(),
    actor: p.text(),
    requestId: p.text(),
    subjectId: p.text().nullable(),
    facts: p.json<Record<string, string>>(),
    /** The place in the chain of the account, from 1, and the hash; null of an entry from before there was one. */
    sequence: p.bigint('number').nullable(),
    hash: p.text().nullable(),
  },
});
/** Who did what in an account, on which request; append-only. */
export class AuditEntry extends AuditSchema.class {}
AuditSchema.setClass(AuditEntry);

const OutboxSchema = defineEntity({
  name: 'OutboxMessage',
  tableName: 'outbox_message',
  filters: tenantFilter(),
  properties: {
    accountId: p.uuid().primary(),
    id: p.uuid().primary(),
    at: p.datetime(),
    topic: p.text().$type<MessageType>(),
    payload: p.json<MessageData[MessageType]>(),
    /** When the relay put it into the queue of everybody who asked for it. */
    sentAt: p.datetime().nullable(),
  },
});
/** A message that others are sent after its change has committed. */
export class OutboxMessage extends OutboxSchema.class {}
OutboxSchema.setClass(OutboxMessage);
