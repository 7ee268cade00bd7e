import { type Role, roleAtLeast } from '../permissions.ts';
import { type Refusal, refuse } from '../refusals.ts';

/** A change of one member: to a role, or out of the account. */
export interface MemberChange {
  /** The role of who asks. */
  by: Role;
  from: Role;
  /** Undefined when the member is removed. */
  to: Role | undefined;
  /** Owners that the account has now. */
  owners: number;
}

/**
 * Refuses the change of a member: nobody changes a member of a higher role or gives a role that they lack, and an
 * account never loses its last owner.
 */
export function refusalIfMemberUnchangeable({
  by,
  from,
  to,
  owners,
}: MemberChange): Refusal<'role_forbids' | 'last_owner'> | undefined {
  if (!roleAtLeast(by, 'admin') || !roleAtLeast(by, from)) return refuse('role_forbids');
  if (to !== undefined && !roleAtLeast(by, to)) return refuse('role_forbids');
  return refusalIfLastOwner(from, to, owners);
}

/** Refuses that the last owner of an account gets another role, or leaves. */
export function refusalIfLastOwner(
  from: Role,
  to: Role | undefined,
  owners: number,
): Refusal<'last_owner'> | undefined {
  return from === 'owner' && to !== 'owner' && owners <= 1 ? refuse('last_owner') : undefined;
}

/** Whether a role can be limited to named sites; owners and admins see the whole account. */
export function canBeLimited(role: Role): boolean {
  return role === 'editor' || role === 'viewer';
}
