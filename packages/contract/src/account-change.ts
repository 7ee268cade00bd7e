import { z } from 'zod';
import { time, uuid } from './fields.ts';
import { named, sample } from './named.ts';

/** A change of an account as its audit trail has it. */
export const accountChange = named(
  'AccountChange',
  'A change in the audit trail of an account. A change of credits is an entry of the ledger.',
  z.object({
    id: uuid.describe('The row of the audit trail.'),
    at: time.describe('When.'),
    action: z.string().describe('The procedure that changed something, such as `site.create`.'),
    actor: z.string().describe('Who, such as `user:` and the id of the person.'),
    subject: z
      .string()
      .nullable()
      .describe('What was changed: an id or a reference; null for the account itself.'),
    facts: z.record(z.string(), z.string()).describe('What else is known, such as the reason.'),
    requestId: z.string().describe('The id of the request.'),
  }),
  {
    id: sample.deliveryId,
    at: sample.createdAt,
    action: 'account.suspend',
    actor: `staff:${sample.staffId}`,
    subject: sample.accountId,
    facts: { reason: 'The card holder disputes the charge.' },
    requestId: sample.requestId,
  },
);
