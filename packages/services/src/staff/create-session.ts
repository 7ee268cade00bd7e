import type { CreateStaffSessionInput } from '@tenantry/contract/staff-session';
import { newId } from '@tenantry/db/ids';
import {
  findStaffByEmail,
  insertSecurityEvent,
  insertStaffSession,
  isStaffPassword,
  setStaffPasswordHash,
} from '@tenantry/db/staff/queries';
import type { Staff } from '@tenantry/db/staff/entity';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import type { DirectoryContext } from '../context.ts';
import type { StaffIdentity } from '../ports.ts';
import { guarded } from '../session/guard.ts';

const sessionHours = 12;

/**
 * Signs staff in for a working day, with a security event, if their password is still the one that was verified. The
 * session is answered as a token or as a cookie. Refuses `unauthenticated`, `throttled`.
 */
export async function createStaffSession(
  context: DirectoryContext & { identity: StaffIdentity },
  { email, password, delivery }: CreateStaffSessionInput,
) {
  const { database, identity, address } = context;
  const emailDigest = identity.digestText(identity.normaliseEmail(email));
  const guard = { key: identity.digestText(`staff ${emailDigest} ${address}`), subject: null };
  const made = await guarded(context, guard, async () => {
    const staff = await findStaffByEmail(database, emailDigest);
    const form = await identity.matchPassword(staff?.passwordHash ?? identity.decoyHash(), password);
    if (staff === null || form === undefined) return refuse('unauthenticated');
    return writeSession(context, staff, form === 'raw' ? await identity.hashPassword(password) : undefined);
  });
  if (isRefusal(made)) return made;
  const { token, ...session } = made;
  return delivery === 'cookie'
    ? { ...session, cookie: { value: token, expiresAt: session.expiresAt } }
    : { ...session, token };
}

function writeSession(
  { database, identity, requestId, now }: DirectoryContext & { identity: StaffIdentity },
  { id: staffId, role, passwordHash }: Staff,
  newHash: string | undefined,
) {
  const { token, digest: tokenDigest } = identity.mintToken();
  const id = newId();
  const expiresAt = new Date(now.getTime() + sessionHours * 3_600_000);
  const actor = { kind: 'staff', staffId, role, sessionId: id } as const;
  return database.withoutAccount.write({}, async (tx) => {
    if (!(await isStaffPassword(tx, staffId, passwordHash))) return refuse('unauthenticated');
    if (newHash !== undefined) await setStaffPasswordHash(tx, staffId, newHash);
    await insertStaffSession(tx, { id, staffId, tokenDigest, createdAt: now, expiresAt });
    await insertSecurityEvent(tx, { actor, requestId, now }, 'staff.signedIn', {});
    return { token, expiresAt, staff: { id: staffId, role } };
  });
}
