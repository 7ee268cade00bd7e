import type { Invitation } from '@tenantry/db/invitation/entity';
import { invitationStatus } from '@tenantry/domain/invitation/status';

/** An invitation as members see it; never its token. */
export function invitationView(invitation: Invitation, now: Date) {
  const {
    id,
    email,
    role,
    siteIds = null,
    createdAt,
    expiresAt,
    acceptedAt = null,
    revokedAt = null,
  } = invitation;
  const status = invitationStatus({ acceptedAt, revokedAt, expiresAt }, now);
  return { id, email, role, siteIds, status, createdAt, expiresAt };
}
