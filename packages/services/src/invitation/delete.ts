import type { InvitationInput } from '@tenantry/contract/invitation';
import { findInvitation } from '@tenantry/db/invitation/queries';
import { updateRow } from '@tenantry/db/row';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { refuse } from '@tenantry/domain/refusals';

/** Takes an invitation back. Refuses `not_found`, `conflict` when it was accepted. */
export async function deleteInvitation(tx: AccountTransaction, { invitationId }: InvitationInput) {
  const invitation = await findInvitation(tx, invitationId);
  if (invitation === null) return refuse('not_found');
  if (invitation.acceptedAt != null) return refuse('conflict');
  await updateRow(tx, invitation, { revokedAt: invitation.revokedAt ?? tx.now });
  return { id: invitationId };
}
