import { defineEntity, p } from '@mikro-orm/core';
import type { StatementFormat, StatementHead, StatementWarning } from '@tenantry/domain/statement/line';
import type { BankLine, EventOutcome, EventProvider, EventStatus } from '@tenantry/domain/statement/event';

const ProviderEventSchema = defineEntity({
  name: 'ProviderEvent',
  tableName: 'provider_event',
  properties: {
    id: p.uuid().primary(),
    provider: p.text().$type<EventProvider>(),
    eventId: p.text(),
    receivedAt: p.datetime(),
    payload: p.json<BankLine>(),
    status: p.text().$type<EventStatus>(),
    processedAt: p.datetime().nullable(),
    processedBy: p.text().nullable(),
    reason: p.text().nullable(),
    outcome: p.json<EventOutcome>().nullable(),
  },
});
/** An event of a provider, kept once under the id that it has there. A line of a bank statement is one. */
export class ProviderEvent extends ProviderEventSchema.class {}
ProviderEventSchema.setClass(ProviderEvent);

const StatementFileSchema = defineEntity({
  name: 'StatementFile',
  tableName: 'statement_file',
  properties: {
    id: p.uuid().primary(),
    digest: p.text(),
    format: p.text().$type<StatementFormat>(),
    sizeBytes: p.integer(),
    statements: p.json<StatementHead[]>(),
    warnings: p.json<StatementWarning[]>(),
    lineCount: p.integer(),
    newLineCount: p.integer(),
    importedAt: p.datetime(),
    importedBy: p.text(),
  },
});
/** A file of bank statements that was imported. Its lines are events. */
export class StatementFile extends StatementFileSchema.class {}
StatementFileSchema.setClass(StatementFile);
