import { findInvitation } from '@tenantry/db/invitation/queries';
import type { Records } from '@tenantry/db/transact';
import { refuse } from '@tenantry/domain/refusals';

/** Takes an invitation back. Refuses `not_found`, `conflict` when it was accepted. */
export async function deleteInvitation(records: Records, { invitationId }: { invitationId: string }) {
  const invitation = await findInvitation(records, invitationId);
  if (invitation === null) return refuse('not_found');
  if (invitation.acceptedAt != null) return refuse('conflict');
  invitation.revokedAt ??= records.now;
  await records.em.flush();
  return { id: invitationId };
}
