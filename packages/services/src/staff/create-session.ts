import { newId } from '@tenantry/db/ids';
import { findStaffByEmail, insertStaffSession, recordSecurityEvent } from '@tenantry/db/staff/queries';
import type { StaffRole } from '@tenantry/domain/permissions';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import type { Flow, Identity } from '../ports.ts';

type StaffIdentity = Pick<
  Identity,
  'verifyPassword' | 'decoyHash' | 'normaliseEmail' | 'digestText' | 'mintToken'
>;

const sessionHours = 12;

/** Signs staff in for a working day. Refuses `unauthenticated`; each success leaves a security event. */
export async function createStaffSession(
  { database, deed }: Flow,
  identity: StaffIdentity,
  { email, password }: { email: string; password: string },
): Promise<
  { token: string; expiresAt: Date; staff: { id: string; role: StaffRole } } | Refusal<'unauthenticated'>
> {
  const staff = await findStaffByEmail(database, identity.digestText(identity.normaliseEmail(email)));
  const right = await identity.verifyPassword(staff?.passwordHash ?? identity.decoyHash(), password);
  if (staff === null || !right) return refuse('unauthenticated');
  const { token, digest } = identity.mintToken();
  const id = newId();
  const expiresAt = new Date(deed.now.getTime() + sessionHours * 3_600_000);
  await insertStaffSession(database, {
    id,
    staffId: staff.id,
    tokenDigest: digest,
    createdAt: deed.now,
    expiresAt,
  });
  const actor = { kind: 'staff', staffId: staff.id, role: staff.role, sessionId: id } as const;
  await recordSecurityEvent(database, { ...deed, actor }, 'staff.signedIn', {});
  return { token, expiresAt, staff: { id: staff.id, role: staff.role } };
}
