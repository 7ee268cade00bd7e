import { invitationStatuses } from '@tenantry/domain/invitation/status';
import { z } from 'zod';
import { email, id, newPassword, opaqueToken, role, secondFactorCode, time, uuid } from './fields.ts';
import { named, sample } from './named.ts';

/** An invitation as members see it, without its token. */
export const invitation = named(
  'Invitation',
  'An invitation of an e-mail address to the account.',
  z.object({
    id: uuid.describe('The invitation.'),
    email: z.string().describe('The invited address.'),
    role: role.describe('The role that is offered.'),
    siteIds: z.array(uuid).nullable().describe('The sites that the member will see; null for all.'),
    status: z.enum(invitationStatuses).describe('What became of it.'),
    createdAt: time.describe('When it was made.'),
    expiresAt: time.describe('When it can no longer be accepted.'),
  }),
  {
    id: sample.invitationId,
    email: 'grace@example.com',
    role: 'editor',
    siteIds: [sample.siteId],
    status: 'open',
    createdAt: sample.createdAt,
    expiresAt: sample.expiresAt,
  },
);

export const createInvitationInput = z
  .strictObject({
    email: email.describe('The address to invite.'),
    role: role.describe('The role to offer.'),
    siteIds: z
      .array(id)
      .min(1)
      .max(100)
      .optional()
      .describe('The sites to limit an editor or viewer to; without them all.'),
  })
  .meta({ examples: [{ email: 'grace@example.com', role: 'editor' }] });
export type CreateInvitationInput = z.output<typeof createInvitationInput>;

export const invitationInput = z.strictObject({ invitationId: id.describe('The invitation.') });
export type InvitationInput = z.output<typeof invitationInput>;

export const acceptInvitationInput = z
  .strictObject({
    token: opaqueToken.describe('The token of the e-mail.'),
    password: newPassword.describe('The password of the person, or the first one of a new person.'),
    totpCode: secondFactorCode.optional().describe('A code of the second factor, when the person has one.'),
  })
  .meta({ examples: [{ token: sample.token, password: 'correct horse battery' }] });
export type AcceptInvitationInput = z.output<typeof acceptInvitationInput>;

/** The membership that an accepted invitation made. */
export const acceptedInvitation = named(
  'AcceptedInvitation',
  'The membership that an invitation made.',
  z.object({
    accountId: uuid.describe('The account.'),
    userId: uuid.describe('The person.'),
    role: role.describe('The role of the person in the account.'),
  }),
  { accountId: sample.accountId, userId: sample.userId, role: 'editor' },
);
