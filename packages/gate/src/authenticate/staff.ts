import { findStaffOfToken } from '@tenantry/db/staff/queries';
import type { Database } from '@tenantry/db/transaction';
import type { Actor } from '@tenantry/domain/actor';
import { digestToken } from '@tenantry/identity/opaque-token';
import type { Incoming } from '../incoming.ts';
import { type RejectedCredential, rejected, rejectedHeld } from './rejected.ts';

export type StaffActor = Extract<Actor, { kind: 'staff' }>;

const bearerPattern = /^Bearer ([\w-]{43})$/i;

/** The member of staff whose session token the request carries. A credential of a tenant is no credential here. */
export async function authenticateStaff(
  { authorizations, strayCredential }: Incoming,
  database: Database,
  now: Date,
): Promise<StaffActor | RejectedCredential> {
  const [authorization, ...others] = authorizations;
  if (strayCredential) return rejected('stray_credential');
  if (authorization === undefined) return rejected('missing');
  if (others.length > 0) return rejected('several_credentials');
  const token = bearerPattern.exec(authorization)?.[1];
  if (token === undefined) return rejected('malformed');
  const found = await findStaffOfToken(database, digestToken(token));
  if (found === undefined) return rejected('unknown_session');
  const { staff, session } = found;
  if (session.revokedAt != null) return rejectedHeld('session', 'revoked');
  if (session.expiresAt <= now) return rejectedHeld('session', 'expired');
  return { kind: 'staff', staffId: staff.id, role: staff.role, sessionId: session.id };
}
