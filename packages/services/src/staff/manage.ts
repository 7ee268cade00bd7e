import type { PageInput } from '@tenantry/contract/page';
import type {
  CreateStaffInput,
  DisableStaffInput,
  ResetStaffInput,
  StaffInput,
  UpdateStaffInput,
} from '@tenantry/contract/staff-member';
import { lockStaffMember, pageOfStaff, readStaffMember } from '@tenantry/db/staff/members';
import { listSessionsOfStaff, revokeSessionsOfStaff } from '@tenantry/db/staff/sessions';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import type { DirectoryContext, PersonContext } from '../context.ts';
import type { StaffIdentity } from '../ports.ts';
import { changeMemberRole, disableMember, insertMember, resetMember } from './change-member.ts';

type StaffContext = PersonContext & { readonly identity: StaffIdentity };

/** A page of the operator's staff, newest first. */
export function listStaffForConsole({ database }: DirectoryContext, input: PageInput) {
  return database.withoutAccount.read({}, (tx) => pageOfStaff(tx, input));
}

/** Adds a member of staff; only this answer has their first password. Refuses `email_taken`, also for a disabled member. */
export async function createStaff(context: StaffContext, { email, role }: CreateStaffInput) {
  const { commit, identity } = context;
  const password = identity.generatePassword();
  const passwordHash = await identity.hashPassword(password);
  return commit(async (tx) => {
    const made = await insertMember(tx, context, { email, role, passwordHash });
    return isRefusal(made) ? made : { ...(await readStaffMember(tx, made.id)), password };
  });
}

/**
 * Gives a member of staff another role, which counts from their next call. Refuses `not_found`, `role_forbids` for one's own,
 * `last_platform_admin`, and `conflict` for the role that they have.
 */
export function updateStaff(context: StaffContext, { staffId, role }: UpdateStaffInput) {
  return context.commit(async (tx) => {
    const changed = await changeMemberRole(tx, context, { named: { staffId }, role });
    return isRefusal(changed) ? changed : readStaffMember(tx, staffId);
  });
}

/** Refuses a member of staff every sign-in, and ends their sessions. Refuses what `disableMember` refuses. */
export function disableStaffMember(context: StaffContext, { staffId }: DisableStaffInput) {
  return context.commit(async (tx) => {
    const changed = await disableMember(tx, context, { staffId });
    return isRefusal(changed) ? changed : readStaffMember(tx, staffId);
  });
}

/**
 * Gives a member of staff another password, which only this answer has, removes their second factor, and ends their
 * sessions. Refuses what `resetMember` refuses.
 */
export async function resetStaffMember(context: StaffContext, { staffId, enable }: ResetStaffInput) {
  const { commit, identity } = context;
  const password = identity.generatePassword();
  const passwordHash = await identity.hashPassword(password);
  return commit(async (tx) => {
    const changed = await resetMember(tx, context, { named: { staffId }, enable, passwordHash });
    return isRefusal(changed) ? changed : { ...(await readStaffMember(tx, staffId)), password };
  });
}

/** The sessions of a member of staff that have not ended, newest first. */
export async function listSessionsOfMember({ database, now }: DirectoryContext, { staffId }: StaffInput) {
  const items = await database.withoutAccount.read({}, (tx) => listSessionsOfStaff(tx, staffId, now));
  return { items: items.map(({ revokedAt: _revokedAt, ...session }) => session) };
}

/** Ends every session of a member of staff. Refuses `not_found`. */
export function endSessionsOfMember({ commit, now }: StaffContext, { staffId }: DisableStaffInput) {
  return commit(async (tx) => {
    if ((await lockStaffMember(tx, { staffId })) === undefined) return refuse('not_found');
    return { id: staffId, ended: await revokeSessionsOfStaff(tx, staffId, { now }) };
  });
}
