import { z } from 'zod';
import { addressOfPerson, count, id, reason, time, uuid } from './fields.ts';
import { named, sample } from './named.ts';
import { staffAccountInput } from './staff-account.ts';

/** A session of a member, as staff see it. */
export const memberSession = named(
  'MemberSession',
  'A sign-in of a member of the account.',
  z.object({
    id: uuid.describe('The session.'),
    userId: uuid.describe('The member.'),
    email: addressOfPerson,
    inCookie: z.boolean().describe('Whether a browser keeps it in a cookie; otherwise it has tokens.'),
    createdAt: time.describe('When it began.'),
    expiresAt: time.describe('When it ends by itself.'),
    revokedAt: time.nullable().describe('When it was ended; null while it was not.'),
  }),
  {
    id: sample.deliveryId,
    userId: sample.userId,
    email: 'ada@example.com',
    inCookie: true,
    createdAt: sample.createdAt,
    expiresAt: sample.expiresAt,
    revokedAt: null,
  },
);

const staffKeyInput = staffAccountInput.extend({ keyId: id.describe('The key.') });

export const revokeKeyForStaffInput = staffKeyInput.extend({ reason }).meta({
  examples: [{ accountId: sample.accountId, keyId: sample.keyId, reason: 'The key is in a public file.' }],
});

export const revokeMemberSessionsInput = staffAccountInput
  .extend({
    userId: id.describe('The member.'),
    sessionId: id.optional().describe('The one session to end; without it all of them.'),
    reason,
  })
  .meta({
    examples: [{ accountId: sample.accountId, userId: sample.userId, reason: 'A laptop was stolen.' }],
  });
export type RevokeMemberSessionsInput = z.output<typeof revokeMemberSessionsInput>;

/** How many sessions of a member ended. */
export const endedMemberSessions = z.object({
  userId: uuid.describe('The member.'),
  ended: count.describe('How many sessions ended.'),
});
