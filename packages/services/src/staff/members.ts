import { listStaffMembers } from '@tenantry/db/staff/members';
import { insertSecurityEvent } from '@tenantry/db/staff/queries';
import type { CallInfo, Database } from '@tenantry/db/transaction';
import type { StaffRole } from '@tenantry/domain/permissions';
import { isRefusal } from '@tenantry/domain/refusals';
import type { StaffIdentity } from '../ports.ts';
import { disableMember, insertMember, resetMember } from './change-member.ts';

/** What a change of staff by a command is given. The database is opened as the owner of the schema. */
export type StaffChange = CallInfo & {
  readonly database: Database;
  readonly identity: Pick<
    StaffIdentity,
    'digestText' | 'normaliseEmail' | 'generatePassword' | 'hashPassword'
  >;
};

const namedBy = ({ identity }: StaffChange, email: string) => ({
  emailDigest: identity.digestText(identity.normaliseEmail(email)),
});

/**
 * Adds a member of staff, with a security event, and answers their first password, which is stored only as a hash.
 * Refuses `email_taken`, also for a disabled member.
 */
export async function addStaff(context: StaffChange, { email, role }: { email: string; role: StaffRole }) {
  const { database, identity } = context;
  const password = identity.generatePassword();
  const passwordHash = await identity.hashPassword(password);
  return database.withoutAccount.write({}, async (tx) => {
    const made = await insertMember(tx, context, { email, role, passwordHash });
    if (isRefusal(made)) return made;
    await insertSecurityEvent(tx, context, 'staff.add', { staffId: made.id, role });
    return { email: made.email, role, password };
  });
}

/** All staff, oldest first, with their last sign-in. */
export function listStaff({ database }: Pick<StaffChange, 'database'>) {
  return database.withoutAccount.read({}, listStaffMembers);
}

/**
 * Refuses a member of staff every sign-in from now on and ends their sessions, in one transaction with a security event.
 * Refuses `not_found`, `conflict` for a member who is disabled already, and `last_platform_admin`.
 */
export async function disableStaff(context: StaffChange, { email }: { email: string }) {
  return context.database.withoutAccount.write({}, async (tx) => {
    const member = await disableMember(tx, context, namedBy(context, email));
    if (isRefusal(member)) return member;
    await insertSecurityEvent(tx, context, 'staff.disable', { staffId: member.id });
    return { role: member.role };
  });
}

/**
 * Gives a member of staff another password, removes their second factor and ends their sessions, in one transaction with a
 * security event; answers the password. `enable` lets a disabled member sign in again. Refuses `not_found`, and `conflict`
 * for a disabled member without `enable`.
 */
export async function resetStaff(
  context: StaffChange,
  { email, enable }: { email: string; enable: boolean },
) {
  const { database, identity } = context;
  const password = identity.generatePassword();
  const passwordHash = await identity.hashPassword(password);
  return database.withoutAccount.write({}, async (tx) => {
    const member = await resetMember(tx, context, { named: namedBy(context, email), enable, passwordHash });
    if (isRefusal(member)) return member;
    const facts = { staffId: member.id, ...(member.isDisabled ? { enabled: 'true' } : {}) };
    await insertSecurityEvent(tx, context, 'staff.reset', facts);
    return { role: member.role, password };
  });
}
