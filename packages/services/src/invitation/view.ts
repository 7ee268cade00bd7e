import type { Invitation } from '@tenantry/db/invitation/entity';

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
  const ended = revokedAt !== null ? 'revoked' : expiresAt <= now ? 'expired' : 'open';
  const status: 'accepted' | 'revoked' | 'expired' | 'open' = acceptedAt !== null ? 'accepted' : ended;
  return { id, email, role, siteIds, status, createdAt, expiresAt };
}

export type InvitationView = ReturnType<typeof invitationView>;
