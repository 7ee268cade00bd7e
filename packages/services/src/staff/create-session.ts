import type { CreateStaffSessionInput } from '@tenantry/contract/staff-session';
import { newId } from '@tenantry/db/ids';
import { findStaffByEmail, insertStaffSession, recordSecurityEvent } from '@tenantry/db/staff/queries';
import type { StaffRole } from '@tenantry/domain/permissions';
import { type Refusal, isRefusal, refuse } from '@tenantry/domain/refusals';
import type { Flow, Identity } from '../ports.ts';
import { guarded } from '../session/guard.ts';

type StaffIdentity = Pick<
  Identity,
  'verifyPassword' | 'decoyHash' | 'normaliseEmail' | 'digestText' | 'mintToken'
>;

const sessionHours = 12;

/** Signs staff in for a working day. Refuses `unauthenticated`, `throttled`; each success leaves a security event. */
export async function createStaffSession(
  flow: Flow,
  identity: StaffIdentity,
  { email, password, address }: CreateStaffSessionInput & { address: string },
): Promise<
  | { token: string; expiresAt: Date; staff: { id: string; role: StaffRole } }
  | Refusal<'unauthenticated' | 'throttled'>
> {
  const { database, callInfo } = flow;
  const emailDigest = identity.digestText(identity.normaliseEmail(email));
  const staff = await guarded(flow, identity.digestText(`staff ${emailDigest} ${address}`), async () => {
    const found = await findStaffByEmail(database, emailDigest);
    const right = await identity.verifyPassword(found?.passwordHash ?? identity.decoyHash(), password);
    return found !== null && right ? found : refuse('unauthenticated');
  });
  if (isRefusal(staff)) return staff;
  const { token, digest } = identity.mintToken();
  const id = newId();
  const expiresAt = new Date(callInfo.now.getTime() + sessionHours * 3_600_000);
  await insertStaffSession(database, {
    id,
    staffId: staff.id,
    tokenDigest: digest,
    createdAt: callInfo.now,
    expiresAt,
  });
  const actor = { kind: 'staff', staffId: staff.id, role: staff.role, sessionId: id } as const;
  await recordSecurityEvent(database, { ...callInfo, actor }, 'staff.signedIn', {});
  return { token, expiresAt, staff: { id: staff.id, role: staff.role } };
}
