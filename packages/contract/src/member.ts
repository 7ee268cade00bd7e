import { z } from 'zod';
import { addressOfPerson, id, nameOfPerson, role, time, uuid } from './fields.ts';
import { named, sample } from './named.ts';

/** A member of the account. */
export const member = named(
  'Member',
  'A member of the account.',
  z.object({
    userId: uuid.describe('The person.'),
    email: addressOfPerson,
    name: nameOfPerson,
    role: role.describe('Their role in the account.'),
    siteIds: z.array(uuid).nullable().describe('The sites that they are limited to; null for all.'),
    createdAt: time.describe('When they joined.'),
  }),
  {
    userId: sample.userId,
    email: 'ada@example.com',
    name: null,
    role: 'editor',
    siteIds: [sample.siteId],
    createdAt: sample.createdAt,
  },
);

/** Who is no longer a member. */
export const removedMember = z
  .object({ userId: uuid.describe('The person who is no longer a member.') })
  .describe('Who left the account.');

export const memberInput = z.strictObject({ userId: id.describe('The member.') });
export type MemberInput = z.output<typeof memberInput>;

export const updateMemberInput = memberInput
  .extend({ role: role.describe('The new role.') })
  .meta({ examples: [{ userId: sample.userId, role: 'viewer' }] });
export type UpdateMemberInput = z.output<typeof updateMemberInput>;

export const limitMemberInput = memberInput
  .extend({
    siteIds: z.array(id).max(100).nullable().describe('The sites to limit the member to; null for all.'),
  })
  .meta({ examples: [{ userId: sample.userId, siteIds: [sample.siteId] }] });
export type LimitMemberInput = z.output<typeof limitMemberInput>;
