import { z } from 'zod';
import { credits, id, lineOf, moment, time, uuid } from './fields.ts';
import { named, sample } from './named.ts';
import { pageFields } from './page.ts';

/** A record of a change: an audit entry of an account, or a security event. */
export const auditRecord = named(
  'AuditRecord',
  'Who did what, when, why and in which request.',
  z.object({
    id: uuid.describe('The record.'),
    at: time.describe('When it was done.'),
    action: z.string().describe('What was done: the name of the procedure, as a rule.'),
    actor: z
      .string()
      .describe('Who did it: `staff:`, `user:`, `api_key:`, `service_key:` or `system:` with an id.'),
    actorEmail: z.string().nullable().describe('The address of that person, where they have one.'),
    accountId: uuid.nullable().describe('The account that was changed; null for a security event.'),
    accountName: z.string().nullable().describe('Its name.'),
    requestId: z.string().describe('The request, as the log names it.'),
    subjectId: z.string().nullable().describe('What was changed.'),
    facts: z
      .record(z.string(), z.string())
      .describe('What the record tells besides: the reason, and new values.'),
    sequence: credits
      .nullable()
      .describe('The place in its chain; null for one from before there were chains.'),
    hash: z.string().nullable().describe('The hash over it and the record before it.'),
  }),
  {
    id: sample.entryId,
    at: sample.createdAt,
    action: 'account.suspend',
    actor: `staff:${sample.staffId}`,
    actorEmail: 'admin@example.com',
    accountId: sample.accountId,
    accountName: 'Example Ltd',
    requestId: sample.requestId,
    subjectId: sample.accountId,
    facts: { reason: 'Abuse.' },
    sequence: 7,
    hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  },
);

const filters = {
  actor: lineOf(100).optional().describe('Who did it, exactly as `actor` has it.'),
  action: lineOf(100).optional().describe('What was done, exactly.'),
  from: moment.optional().describe('Nothing before this time.'),
  to: moment.optional().describe('Nothing from this time on.'),
};

export const listAuditInput = z
  .strictObject({ ...pageFields, ...filters, accountId: id.optional().describe('One account alone.') })
  .prefault({});
export type ListAuditInput = z.output<typeof listAuditInput>;

export const listSecurityEventsInput = z.strictObject({ ...pageFields, ...filters }).prefault({});
export type ListSecurityEventsInput = z.output<typeof listSecurityEventsInput>;
