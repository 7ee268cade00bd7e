import { findImpersonation } from '@tenantry/db/impersonation/queries';
import type { Database } from '@tenantry/db/transaction';
import type { Actor } from '@tenantry/domain/actor';
import { impersonationPrefix } from '@tenantry/domain/impersonation/credential';
import { digestToken } from '@tenantry/identity/opaque-token';
import { type RejectedCredential, rejected, rejectedHeld } from './rejected.ts';

/** Staff who look at an account as one of its members does. */
export type ImpersonationActor = Extract<Actor, { kind: 'impersonation' }> & { readonly expiresAt: Date };

/** The impersonation that a bearer proves. It is read from the database at each call, so that its end counts at once. */
export async function authenticateImpersonation(
  bearer: string,
  database: Database,
  now: Date,
): Promise<ImpersonationActor | RejectedCredential> {
  const found = await findImpersonation(database, digestToken(bearer.slice(impersonationPrefix.length)));
  if (found === undefined) return rejected('unknown_session');
  if (found.endedAt !== null) return rejectedHeld('impersonation', 'revoked');
  if (found.expiresAt <= now) return rejectedHeld('impersonation', 'expired');
  const { id: impersonationId, staffId, userId, accountId, expiresAt } = found;
  return { kind: 'impersonation', impersonationId, staffId, userId, accountId, expiresAt };
}
