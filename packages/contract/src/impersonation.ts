import { z } from 'zod';
import { id, reason, time, uuid } from './fields.ts';
import { exampleOf, named, sample } from './named.ts';
import { pageFields } from './page.ts';

/** The longest that an impersonation lasts, in minutes. */
const minutesMax = 60;

/** A member of staff who reads an account as one of its members does. */
export const impersonation = named(
  'Impersonation',
  'A member of staff who reads an account as one of its members does.',
  z.object({
    id: uuid.describe('The impersonation.'),
    accountId: uuid.describe('The account.'),
    accountName: z.string().describe('Its name.'),
    userId: uuid.describe('The member who is impersonated.'),
    userEmail: z.string().nullable().describe('Their address.'),
    staffId: uuid.describe('Who impersonates them.'),
    staffEmail: z.string().describe('The address of that member of staff.'),
    reason: z.string().describe('Why.'),
    createdAt: time.describe('When it began.'),
    expiresAt: time.describe('When it ends by itself.'),
    endedAt: time.nullable().describe('When staff ended it; null for one that nobody ended.'),
  }),
  {
    id: sample.entryId,
    accountId: sample.accountId,
    accountName: 'Example Ltd',
    userId: sample.userId,
    userEmail: 'ada@example.com',
    staffId: sample.staffId,
    staffEmail: 'support@example.com',
    reason: 'Ticket 4711: does not see a site.',
    createdAt: sample.createdAt,
    expiresAt: sample.expiresAt,
    endedAt: null,
  },
);

/** A new impersonation with the credential that the API takes. */
export const impersonationWithCredential = named(
  'ImpersonationWithCredential',
  'A new impersonation with its credential.',
  impersonation.extend({
    credential: z
      .string()
      .nullable()
      .describe('What the API takes as a bearer. Shown once: a replayed answer has null.'),
  }),
  { ...exampleOf(impersonation), credential: `tni_${sample.token}` },
);

export const createImpersonationInput = z
  .strictObject({
    accountId: id.describe('The account.'),
    userId: id.describe('The member to impersonate.'),
    reason,
    minutes: z.int().min(1).max(minutesMax).default(30).describe('After how many minutes it ends by itself.'),
  })
  .meta({
    examples: [
      {
        accountId: sample.accountId,
        userId: sample.userId,
        reason: 'Ticket 4711: does not see a site.',
        minutes: 15,
      },
    ],
  });
export type CreateImpersonationInput = z.output<typeof createImpersonationInput>;

export const listImpersonationsInput = z
  .strictObject({
    ...pageFields,
    isOpen: z.boolean().default(false).describe('Only those that have not ended.'),
    isOwn: z.boolean().default(false).describe('Only those of the member of staff who calls.'),
  })
  .prefault({});
export type ListImpersonationsInput = z.output<typeof listImpersonationsInput>;

export const endImpersonationInput = z.strictObject({
  accountId: id.describe('The account.'),
  impersonationId: id.describe('The impersonation.'),
});
export type EndImpersonationInput = z.output<typeof endImpersonationInput>;
