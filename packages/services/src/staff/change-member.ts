import {
  insertStaffMember,
  lockPlatformAdmins,
  lockStaffMember,
  setStaffDisabled,
  setStaffRole,
} from '@tenantry/db/staff/members';
import { setStaffPasswordHash } from '@tenantry/db/staff/queries';
import { revokeSessionsOfStaff } from '@tenantry/db/staff/sessions';
import { endImpersonationsOf } from '@tenantry/db/impersonation/queries';
import { staffFactors } from '@tenantry/db/second-factor/queries';
import type { CallInfo, Transaction } from '@tenantry/db/transaction';
import type { StaffRole } from '@tenantry/domain/permissions';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import { type ChangedStaff, refusalIfStaffChange } from '@tenantry/domain/staff/change';
import type { StaffIdentity } from '../ports.ts';

/** What the changes of staff share, in the console and on the command line. */
interface MemberChange extends Pick<CallInfo, 'actor' | 'now'> {
  readonly identity: Pick<StaffIdentity, 'normaliseEmail' | 'digestText'>;
}

/** Which member of staff is changed. */
export type NamedStaff = { emailDigest: string } | { staffId: string };

/** Writes a new member of staff. Refuses `email_taken`, also for a disabled member. */
export async function insertMember(
  tx: Transaction,
  { identity, now }: MemberChange,
  { email, ...given }: { email: string; role: StaffRole; passwordHash: string },
): Promise<{ id: string; email: string } | Refusal<'email_taken'>> {
  const spelling = identity.normaliseEmail(email);
  const staff = { ...given, email: spelling, emailDigest: identity.digestText(spelling) };
  const id = await insertStaffMember(tx, staff, now);
  return id === undefined ? refuse('email_taken') : { id, email: spelling };
}

type ChangeRefusal = Refusal<'not_found' | 'role_forbids' | 'last_platform_admin'>;

/** The member of a change, locked after the platform admins, or why they may not be changed. */
async function lockMember(
  tx: Transaction,
  { actor }: MemberChange,
  named: NamedStaff,
  keepsAdmin: (member: ChangedStaff) => boolean,
): Promise<ChangedStaff | ChangeRefusal> {
  const platformAdminIds = await lockPlatformAdmins(tx);
  const member = await lockStaffMember(tx, named);
  if (member === undefined) return refuse('not_found');
  const byId = actor.kind === 'staff' ? actor.staffId : undefined;
  const facts = { byId, member, platformAdminIds };
  return refusalIfStaffChange(facts, { keepsAdmin: keepsAdmin(member) }) ?? member;
}

/** Gives a member of staff another role. Refuses what `lockMember` refuses, and `conflict` for the role that they have. */
export async function changeMemberRole(
  tx: Transaction,
  change: MemberChange,
  { named, role }: { named: NamedStaff; role: StaffRole },
): Promise<ChangedStaff | ChangeRefusal | Refusal<'conflict'>> {
  const member = await lockMember(tx, change, named, () => role === 'platform_admin');
  if ('refused' in member) return member;
  if (member.role === role) return refuse('conflict');
  await setStaffRole(tx, member.id, role);
  await endImpersonationsOf(tx, member.id, change.now);
  return member;
}

/**
 * Refuses a member of staff every sign-in from now on and ends their sessions. Refuses what `lockMember` refuses, and
 * `conflict` for a member who is disabled already.
 */
export async function disableMember(
  tx: Transaction,
  change: MemberChange,
  named: NamedStaff,
): Promise<ChangedStaff | ChangeRefusal | Refusal<'conflict'>> {
  const member = await lockMember(tx, change, named, () => false);
  if ('refused' in member) return member;
  if (member.isDisabled) return refuse('conflict');
  await setStaffDisabled(tx, member.id, change.now);
  await revokeSessionsOfStaff(tx, member.id, { now: change.now });
  await endImpersonationsOf(tx, member.id, change.now);
  return member;
}

/**
 * Gives a member of staff another password, removes their second factor and ends their sessions. `enable` lets a disabled
 * member sign in again. Refuses what `lockMember` refuses, and `conflict` for a disabled member without `enable`.
 */
export async function resetMember(
  tx: Transaction,
  change: MemberChange,
  { named, enable, passwordHash }: { named: NamedStaff; enable: boolean; passwordHash: string },
): Promise<ChangedStaff | ChangeRefusal | Refusal<'conflict'>> {
  const member = await lockMember(tx, change, named, ({ role }) => role === 'platform_admin');
  if ('refused' in member) return member;
  if (member.isDisabled && !enable) return refuse('conflict');
  await setStaffPasswordHash(tx, member.id, passwordHash);
  await staffFactors.remove(tx, member.id);
  if (member.isDisabled) await setStaffDisabled(tx, member.id, null);
  await revokeSessionsOfStaff(tx, member.id, { now: change.now });
  await endImpersonationsOf(tx, member.id, change.now);
  return member;
}
