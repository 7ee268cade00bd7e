import { findStaffOfToken, recordStaffSessionUse } from '@tenantry/db/staff/sessions';
import type { Database } from '@tenantry/db/transaction';
import type { Actor } from '@tenantry/domain/actor';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import { hasStaffSessionEnded, isUseToRecord } from '@tenantry/domain/staff/session';
import { digestToken } from '@tenantry/identity/opaque-token';
import type { Incoming } from '../incoming.ts';
import { isAllowedOrigin } from './origin.ts';
import { type RejectedCredential, isRejected, rejected, rejectedHeld } from './rejected.ts';

export type StaffActor = Extract<Actor, { kind: 'staff' }> & {
  /** Whether they may do nothing but set up the second factor that they lack. */
  readonly lacksSecondFactor: boolean;
};

/** What the authentication of staff needs besides the request. */
export interface StaffAuthentication {
  /** The origins that a browser's mutations by cookie may come from: those of the admin app alone. */
  readonly origins: ReadonlySet<string>;
  /** Whether staff without a second factor may do nothing but set one up. */
  readonly requiresSecondFactor: boolean;
}

const bearerPattern = /^Bearer ([\w-]{43})$/i;
const cookiePattern = /^([\w-]{43})$/;

/**
 * The member of staff whose session the request proves, by its token or its cookie. A cookie may change something only
 * from the origin of the admin app (`origin_refused`). A credential of a tenant is no credential here.
 */
export async function authenticateStaff(
  incoming: Incoming,
  app: StaffAuthentication & { database: Database },
  { mutates, now }: { mutates: boolean; now: Date },
): Promise<StaffActor | RejectedCredential | Refusal<'origin_refused'>> {
  const { authorizations, cookies, strayCredential } = incoming;
  if (strayCredential) return rejected('stray_credential');
  // A browser sends its cookie with every call, so it is not looked at where the caller names another credential.
  const isCookie = authorizations.length === 0;
  const [credential, ...others] = isCookie ? cookies : authorizations;
  if (credential === undefined) return rejected('missing');
  if (others.length > 0) return rejected('several_credentials');
  const token = (isCookie ? cookiePattern : bearerPattern).exec(credential)?.[1];
  if (token === undefined) return rejected('malformed');
  const actor = await staffOfToken(app, token, now);
  if (isRejected(actor)) return actor;
  if (mutates && isCookie && !isAllowedOrigin(incoming, app.origins)) return refuse('origin_refused');
  return actor;
}

async function staffOfToken(
  { database, requiresSecondFactor }: StaffAuthentication & { database: Database },
  token: string,
  now: Date,
): Promise<StaffActor | RejectedCredential> {
  const session = await findStaffOfToken(database, digestToken(token));
  if (session === undefined) return rejected('unknown_session');
  const { staff } = session;
  if (session.revokedAt !== null || staff.isDisabled) return rejectedHeld('session', 'revoked');
  if (hasStaffSessionEnded(session, now)) return rejectedHeld('session', 'expired');
  if (isUseToRecord(session, now)) await recordStaffSessionUse(database, session.id, now);
  const lacksSecondFactor = requiresSecondFactor && !staff.hasSecondFactor;
  return { kind: 'staff', staffId: staff.id, role: staff.role, sessionId: session.id, lacksSecondFactor };
}
