import type { CreateStaffSessionInput } from '@tenantry/contract/staff-session';
import { newId } from '@tenantry/db/ids';
import { findStaffByEmail, insertSecurityEvent, insertStaffSession } from '@tenantry/db/staff/queries';
import { isRefusal, refuse } from '@tenantry/domain/refusals';
import type { DirectoryContext } from '../context.ts';
import type { StaffIdentity } from '../ports.ts';
import { guarded } from '../session/guard.ts';

const sessionHours = 12;

/** Signs staff in for a working day, with a security event. Refuses `unauthenticated`, `throttled`. */
export async function createStaffSession(
  context: DirectoryContext & { identity: StaffIdentity },
  { email, password }: CreateStaffSessionInput,
) {
  const { database, identity, address, requestId, now } = context;
  const emailDigest = identity.digestText(identity.normaliseEmail(email));
  const guardKey = identity.digestText(`staff ${emailDigest} ${address}`);
  const staff = await guarded(context, guardKey, async () => {
    const found = await findStaffByEmail(database, emailDigest);
    const isRight = await identity.verifyPassword(found?.passwordHash ?? identity.decoyHash(), password);
    return found !== null && isRight ? found : refuse('unauthenticated');
  });
  if (isRefusal(staff)) return staff;
  const { id: staffId, role } = staff;
  const { token, digest: tokenDigest } = identity.mintToken();
  const id = newId();
  const expiresAt = new Date(now.getTime() + sessionHours * 3_600_000);
  const actor = { kind: 'staff', staffId, role, sessionId: id } as const;
  return database.withoutAccount.write({}, async (tx) => {
    await insertStaffSession(tx, { id, staffId, tokenDigest, createdAt: now, expiresAt });
    await insertSecurityEvent(tx, { actor, requestId, now }, 'staff.signedIn', {});
    return { token, expiresAt, staff: { id: staffId, role } };
  });
}
