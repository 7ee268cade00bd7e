import { defineEntity, p } from '@mikro-orm/core';
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
    topic: p.text(),
    payload: p.json<Record<string, string>>(),
    sentAt: p.datetime().nullable(),
  },
});
/** A message that is told to others after its callInfo has committed. */
export class OutboxMessage extends OutboxSchema.class {}
OutboxSchema.setClass(OutboxMessage);
