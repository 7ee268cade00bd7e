import { apiKeyPrefix, serviceKeyPrefix } from '@tenantry/contract/headers';
import type { Actor } from '@tenantry/domain/actor';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import { type AccessTokenExpectation, verifyAccessToken } from '@tenantry/identity/access-token';
import { parseApiKey } from '@tenantry/identity/api-key';
import { digestToken } from '@tenantry/identity/opaque-token';
import type { Database } from '@tenantry/db/transaction';
import { impersonationPrefix } from '@tenantry/domain/impersonation/credential';
import { type ImpersonationActor, authenticateImpersonation } from './impersonation.ts';
import { rejectionOfKey } from './held-key.ts';
import { isAllowedOrigin } from './origin.ts';
import { type RejectedCredential, isRejected, rejected, rejectedHeld } from './rejected.ts';
import { type ServiceActor, authenticateServiceKey } from './service.ts';
import type { KeyAccess, ServiceKeyAccess, SessionAccess } from '@tenantry/db/access/queries';
import type { AccessCache } from '../access-cache.ts';
import type { Incoming } from '../incoming.ts';

/** What the authentication of tenants needs besides the request. */
export interface TenantAuthentication {
  accessCache: AccessCache;
  apiKeyPepper: string;
  tokens: Omit<AccessTokenExpectation, 'now'> & { secret: string };
  /** Called for each use of an API key or a service key; must not block. */
  noteUse?: (key: KeyAccess | ServiceKeyAccess, now: Date) => void;
  /** The origins that a browser's mutations by cookie may come from: our own, and those that are allowed. */
  origins: ReadonlySet<string>;
}

/** Who may act for an account: a person, an API key, or the operator's own backend. */
export type TenantActor =
  | (Extract<Actor, { kind: 'user' | 'api_key' }> & {
      /** When the key or the session ends; null for never. */
      readonly expiresAt: Date | null;
    })
  | ServiceActor
  | ImpersonationActor;

const bearerPattern = /^Bearer ([\x21-\x7e]+)$/i;

/**
 * The tenant that one credential of the request proves. A session cookie may change something only from our own origin
 * or an allowed one (`origin_refused`). `invalid_input` refuses what a service key says it acts for.
 */
export async function authenticateTenant(
  incoming: Incoming,
  app: TenantAuthentication,
  call: { database: Database; mutates: boolean; now: Date; tokenTime?: Date | undefined },
): Promise<TenantActor | RejectedCredential | Refusal<'origin_refused' | 'invalid_input'>> {
  const { authorizations, cookies, strayCredential } = incoming;
  if (strayCredential) return rejected('stray_credential');
  // A browser sends its cookie with every call, so it is not looked at where the caller names another credential.
  const [credential, ...others] = authorizations.length > 0 ? authorizations : cookies;
  if (credential === undefined) return rejected('missing');
  if (others.length > 0) return rejected('several_credentials');
  if (authorizations.length === 0) return authenticateCookie(credential, incoming, app, call);
  const bearer = bearerPattern.exec(credential)?.[1];
  if (bearer === undefined) return rejected('malformed');
  if (bearer.startsWith(serviceKeyPrefix)) return authenticateServiceKey(bearer, incoming, app, call.now);
  if (bearer.startsWith(impersonationPrefix))
    return authenticateImpersonation(bearer, call.database, call.now);
  return bearer.startsWith(apiKeyPrefix)
    ? authenticateKey(bearer, incoming.address, app, call.now)
    : authenticateToken(bearer, app, call);
}

async function authenticateKey(
  bearer: string,
  address: string,
  app: TenantAuthentication,
  now: Date,
): Promise<TenantActor | RejectedCredential> {
  const parsed = parseApiKey(bearer);
  if (parsed === undefined) return rejected('bad_checksum');
  const key = await app.accessCache.key(parsed.keyId);
  const rejection = rejectionOfKey('api_key', key, { bearer, address, pepper: app.apiKeyPepper, now });
  if (key === undefined || rejection !== undefined) return rejection ?? rejected('unknown_key');
  app.noteUse?.(key, now);
  return actorOfKey(key);
}

/** Who acts with an API key. */
export function actorOfKey({
  id: keyId,
  accountId,
  scopes,
  siteId,
  expiresAt,
}: Pick<KeyAccess, 'id' | 'accountId' | 'scopes' | 'siteId' | 'expiresAt'>): TenantActor {
  return { kind: 'api_key', keyId, accountId, scopes, siteId, expiresAt };
}

async function authenticateToken(
  bearer: string,
  app: TenantAuthentication,
  { now, tokenTime = now }: { now: Date; tokenTime?: Date | undefined },
): Promise<TenantActor | RejectedCredential> {
  const token = await verifyAccessToken(bearer, { ...app.tokens, now: tokenTime });
  if (token === undefined) return rejected('bad_token');
  if (token === 'expired') return rejectedHeld('access_token', 'expired');
  const session = await app.accessCache.session(token.subject, token.sessionId);
  return sessionActor(session, 'token', now);
}

async function authenticateCookie(
  cookie: string,
  incoming: Incoming,
  app: TenantAuthentication,
  { mutates, now }: { mutates: boolean; now: Date },
): Promise<TenantActor | RejectedCredential | Refusal<'origin_refused'>> {
  const digest = digestToken(cookie);
  const session = await app.accessCache.cookie(digest);
  if (session !== undefined && session.cookieDigest !== digest) return rejected('unknown_session');
  const actor = sessionActor(session, 'session', now);
  if (isRejected(actor) || !mutates) return actor;
  return isAllowedOrigin(incoming, app.origins) ? actor : refuse('origin_refused');
}

/** Who acts with a session, or why it proves nobody. */
export function sessionActor(
  session: Pick<SessionAccess, 'id' | 'userId' | 'expiresAt' | 'revokedAt'> | undefined,
  via: 'session' | 'token',
  now: Date,
): TenantActor | RejectedCredential {
  if (session === undefined) return rejected('unknown_session');
  if (session.revokedAt !== null) return rejectedHeld('session', 'revoked');
  if (session.expiresAt <= now) return rejectedHeld('session', 'expired');
  const { id: sessionId, userId, expiresAt } = session;
  return { kind: 'user', userId, sessionId, via, expiresAt };
}
