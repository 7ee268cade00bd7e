export const invitationStatuses = ['open', 'accepted', 'revoked', 'expired'] as const;
export type InvitationStatus = (typeof invitationStatuses)[number];

/** When each thing that can end an invitation happened, or is due. */
export interface InvitationDates {
  acceptedAt: Date | null;
  revokedAt: Date | null;
  expiresAt: Date;
}

/** The status of an invitation at `now`; the first of accepted, revoked and expired that is true decides. */
export function invitationStatus(
  { acceptedAt, revokedAt, expiresAt }: InvitationDates,
  now: Date,
): InvitationStatus {
  if (acceptedAt !== null) return 'accepted';
  if (revokedAt !== null) return 'revoked';
  return expiresAt <= now ? 'expired' : 'open';
}
