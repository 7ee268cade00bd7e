import { mailedTypes } from '@tenantry/domain/outbox/mail';
import { z } from 'zod';
import { addressOfPerson, count, id, reason, time, uuid } from './fields.ts';
import { named, sample } from './named.ts';
import { staffAccountInput } from './staff-account.ts';

const emailStatuses = ['pending', 'sent', 'failed', 'skipped'] as const;

/** An e-mail about something that happened in an account. */
export const accountEmail = named(
  'AccountEmail',
  'An e-mail to an owner or admin about something that happened in the account.',
  z.object({
    id: uuid.describe('The e-mail.'),
    messageId: uuid.describe('The message of the outbox that it tells of.'),
    type: z.enum(mailedTypes).describe('What happened.'),
    userId: uuid.describe('The person.'),
    email: addressOfPerson,
    status: z
      .enum(emailStatuses)
      .describe('Whether it waits, was taken by the mail server, was given up, or its person had left.'),
    attempts: count.describe('How many attempts were made.'),
    happenedAt: time.describe('When what it tells of happened.'),
    finishedAt: time.nullable().describe('When it was sent or given up; null while it waits.'),
  }),
  {
    id: sample.deliveryId,
    messageId: sample.messageId,
    type: 'invoice.issued',
    userId: sample.userId,
    email: 'ada@example.com',
    status: 'sent',
    attempts: 1,
    happenedAt: sample.createdAt,
    finishedAt: sample.createdAt,
  },
);

export const resendEmailInput = staffAccountInput
  .extend({ emailId: id.describe('The e-mail.'), reason })
  .meta({
    examples: [
      { accountId: sample.accountId, emailId: sample.deliveryId, reason: 'The customer cannot find it.' },
    ],
  });
export type ResendEmailInput = z.output<typeof resendEmailInput>;
