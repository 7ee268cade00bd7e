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
 * Whether a member may be changed. Nobody touches who stands above them or gives what they lack, and an account
 * never loses its last owner. Source: the contract's section on roles.
 */
export function mayChangeMember({
  by,
  from,
  to,
  owners,
}: MemberChange): Refusal<'role_forbids' | 'last_owner'> | undefined {
  if (!roleAtLeast(by, 'admin') || !roleAtLeast(by, from)) return refuse('role_forbids');
  if (to !== undefined && !roleAtLeast(by, to)) return refuse('role_forbids');
  return mayLeave(from, to, owners);
}

/** Whether the account keeps an owner when a member of this role becomes another, or leaves. */
export function mayLeave(
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
