import { type Role, roleAtLeast, roles } from '../permissions.ts';
import { type Refusal, refuse } from '../refusals.ts';
import { secondsUntil } from '../time.ts';

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

/** Whether a member of a role, or somebody who is no member, may offer a role. */
export function mayOffer(by: Role | undefined, offered: Role): boolean {
  return by !== undefined && roleAtLeast(by, 'admin') && roleAtLeast(by, offered);
}

/** The roles that a member of a role, or somebody who is no member any more, may not offer. */
export function rolesNotOffered(by: Role | undefined): readonly Role[] {
  return roles.filter((role) => !mayOffer(by, role));
}

/** Within how many seconds the invitations of an account are bounded. */
export const invitationWindowSeconds = 86_400;

const invitationsPerDayMin = 20;

/**
 * Refuses an invitation above the bound of a day, twice the seats of the plan and at least 20, with the figures and the
 * time until the next one. `made` are the times of those of the last day, oldest first.
 */
export function refusalIfInvitedTooOften(
  made: readonly Date[],
  usersMax: number,
  now: Date,
): Refusal<'throttled'> | undefined {
  const limit = Math.max(invitationsPerDayMin, 2 * usersMax);
  const oldest = made.at(-limit);
  if (oldest === undefined) return undefined;
  const freeAt = new Date(oldest.getTime() + invitationWindowSeconds * 1000);
  return refuse('throttled', { limit, used: made.length, retryAfterSeconds: secondsUntil(freeAt, now) });
}
