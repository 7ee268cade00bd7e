import {
  insertStaffMember,
  listStaffMembers,
  lockStaffMember,
  revokeSessionsOfStaff,
  setStaffDisabled,
} from '@tenantry/db/staff/members';
import { insertSecurityEvent, setStaffPasswordHash } from '@tenantry/db/staff/queries';
import type { CallInfo, Database } from '@tenantry/db/transaction';
import type { StaffRole } from '@tenantry/domain/permissions';
import { refuse } from '@tenantry/domain/refusals';
import type { StaffIdentity } from '../ports.ts';

/** What a change of staff is given. Only the owner of the schema may write staff, so the database is opened as the owner. */
export type StaffChange = CallInfo & { readonly database: Database; readonly identity: StaffIdentity };

const digestOf = ({ identity }: StaffChange, email: string) =>
  identity.digestText(identity.normaliseEmail(email));

/**
 * Adds a member of staff, with a security event, and answers their first password, which is stored only as a hash.
 * Refuses `email_taken`, also for a disabled member.
 */
export async function addStaff(context: StaffChange, { email, role }: { email: string; role: StaffRole }) {
  const { database, identity, now } = context;
  const password = identity.generatePassword();
  const passwordHash = await identity.hashPassword(password);
  const spelling = identity.normaliseEmail(email);
  const staff = { email: spelling, emailDigest: digestOf(context, email), role, passwordHash };
  return database.withoutAccount.write({}, async (tx) => {
    const id = await insertStaffMember(tx, staff, now);
    if (id === undefined) return refuse('email_taken');
    await insertSecurityEvent(tx, context, 'staff.add', { staffId: id, role });
    return { email: spelling, role, password };
  });
}

/** All staff, oldest first, with their last sign-in. */
export function listStaff({ database }: Pick<StaffChange, 'database'>) {
  return database.withoutAccount.read({}, listStaffMembers);
}

/**
 * Refuses a member of staff every sign-in from now on and ends their sessions, in one transaction with a security event.
 * Refuses `not_found`, and `conflict` for a member who is disabled already.
 */
export async function disableStaff(context: StaffChange, { email }: { email: string }) {
  const { database, now } = context;
  return database.withoutAccount.write({}, async (tx) => {
    const staff = await lockStaffMember(tx, digestOf(context, email));
    if (staff === undefined) return refuse('not_found');
    if (staff.isDisabled) return refuse('conflict');
    await setStaffDisabled(tx, staff.id, now);
    await revokeSessionsOfStaff(tx, staff.id, now);
    await insertSecurityEvent(tx, context, 'staff.disable', { staffId: staff.id });
    return { role: staff.role };
  });
}

/**
 * Gives a member of staff another password and ends their sessions, in one transaction with a security event; answers the
 * password. `enable` lets a disabled member sign in again. Refuses `not_found`, and `conflict` for a disabled member
 * without `enable`.
 */
export async function resetStaff(
  context: StaffChange,
  { email, enable }: { email: string; enable: boolean },
) {
  const { database, identity, now } = context;
  const password = identity.generatePassword();
  const passwordHash = await identity.hashPassword(password);
  return database.withoutAccount.write({}, async (tx) => {
    const staff = await lockStaffMember(tx, digestOf(context, email));
    if (staff === undefined) return refuse('not_found');
    if (staff.isDisabled && !enable) return refuse('conflict');
    await setStaffPasswordHash(tx, staff.id, passwordHash);
    if (staff.isDisabled) await setStaffDisabled(tx, staff.id, null);
    await revokeSessionsOfStaff(tx, staff.id, now);
    const facts = { staffId: staff.id, ...(staff.isDisabled ? { enabled: 'true' } : {}) };
    await insertSecurityEvent(tx, context, 'staff.reset', facts);
    return { role: staff.role, password };
  });
}
