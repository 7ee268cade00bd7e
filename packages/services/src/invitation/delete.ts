import type { InvitationInput } from '@tenantry/contract/invitation';
import { findInvitation } from '@tenantry/db/invitation/queries';
import { updateRow } from '@tenantry/db/row';
import { refuse } from '@tenantry/domain/refusals';
import type { Context } from '../context.ts';

/** Revokes an invitation. Refuses `not_found`, and `conflict` for one that was accepted. */
export async function deleteInvitation({ tx, now }: Context, { invitationId }: InvitationInput) {
  const invitation = await findInvitation(tx, invitationId);
  if (invitation === null) return refuse('not_found');
  if (invitation.acceptedAt != null) return refuse('conflict');
  await updateRow(tx, invitation, { revokedAt: invitation.revokedAt ?? now });
  return { id: invitationId };
}
