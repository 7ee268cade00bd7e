import type { StaffRole } from '../permissions.ts';
import { type Refusal, refuse } from '../refusals.ts';

/** A member of staff as a change of them is decided. */
export interface ChangedStaff {
  readonly id: string;
  readonly role: StaffRole;
  readonly isDisabled: boolean;
}

/** What a change is decided by: who asks, whom it changes, and the platform admins who may sign in. */
export interface StaffChangeFacts {
  /** The member of staff who asks; undefined for the owner of the schema, who can always add another. */
  readonly byId: string | undefined;
  readonly member: ChangedStaff;
  readonly platformAdminIds: readonly string[];
}

/**
 * Why a member of staff may not be given another role, be disabled or be reset: `role_forbids` where they ask for it
 * themselves, and `last_platform_admin` where nobody could manage staff any more. `keepsAdmin` says that the member is a
 * platform admin after the change too.
 */
export function refusalIfStaffChange(
  { byId, member, platformAdminIds }: StaffChangeFacts,
  { keepsAdmin }: { keepsAdmin: boolean },
): Refusal<'role_forbids' | 'last_platform_admin'> | undefined {
  if (byId === undefined) return undefined;
  if (byId === member.id) return refuse('role_forbids');
  const isLast = platformAdminIds.length === 1 && platformAdminIds[0] === member.id;
  return isLast && !keepsAdmin ? refuse('last_platform_admin') : undefined;
}
