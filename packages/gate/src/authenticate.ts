import type { Actor } from '@tenantry/domain/actor';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import { type AccessTokenExpectation, verifyAccessToken } from '@tenantry/identity/access-token';
import { digestApiKey, parseApiKey, sameDigest } from '@tenantry/identity/api-key';
import { digestToken } from '@tenantry/identity/opaque-token';
import { allowsAddress } from './address.ts';
import type { KeyAccess } from '@tenantry/db/access/queries';
import type { AccessCache } from './access-cache.ts';
import type { Incoming } from './incoming.ts';

/** What authentication needs besides the request. */
export interface Authentication {
  accessCache: AccessCache;
  apiKeyPepper: string;
  tokens: Omit<AccessTokenExpectation, 'now'> & { secret: string };
  /** ErrorReport of each use of a key; must not block. */
  noteUse?: (key: KeyAccess, now: Date) => void;
  /** The origin that a browser's mutations must come from. */
  origin: string;
}

/** Why a credential was refused, for the log and nobody else. */
export type CredentialFault =
  | 'several_credentials'
  | 'stray_credential'
  | 'malformed'
  | 'bad_checksum'
  | 'unknown_key'
  | 'revoked'
  | 'expired'
  | 'address_not_allowed'
  | 'bad_token'
  | 'unknown_session';

/** A credential that is none; the reason stays inside. */
export interface RejectedCredential {
  rejected: CredentialFault;
}

/** Tells a rejected credential from an actor. */
export function isRejected(value: Actor | RejectedCredential | Refusal): value is RejectedCredential {
  return 'rejected' in value;
}

const rejected = (fault: CredentialFault): RejectedCredential => ({ rejected: fault });
const bearerPattern = /^Bearer ([\x21-\x7e]+)$/i;

/**
 * Who makes this call: one credential, or nobody. A session cookie may change something only from our own
 * origin (`origin_refused`). Source: the contract's section on credentials.
 */
export async function authenticate(
  incoming: Incoming,
  app: Authentication,
  call: { mutates: boolean; now: Date },
): Promise<Actor | RejectedCredential | Refusal<'origin_refused'>> {
  const { authorizations, cookie, strayCredential } = incoming;
  if (strayCredential) return rejected('stray_credential');
  const presented = authorizations.length + (cookie === undefined ? 0 : 1);
  if (presented === 0) return { kind: 'anonymous' };
  if (presented > 1) return rejected('several_credentials');
  if (cookie !== undefined) return authenticateCookie(cookie, incoming, app, call);
  const bearer = bearerPattern.exec(authorizations[0] ?? '')?.[1];
  if (bearer === undefined) return rejected('malformed');
  return bearer.startsWith('tny_')
    ? authenticateKey(bearer, incoming.address, app, call.now)
    : authenticateToken(bearer, app, call.now);
}

async function authenticateKey(
  bearer: string,
  address: string,
  app: Authentication,
  now: Date,
): Promise<Actor | RejectedCredential> {
  const parsed = parseApiKey(bearer);
  if (parsed === undefined) return rejected('bad_checksum');
  const key = await app.accessCache.key(parsed.keyId);
  const digest = digestApiKey(bearer, app.apiKeyPepper);
  if (key === undefined || !sameDigest(key.digest, digest)) return rejected('unknown_key');
  if (key.revokedAt !== null) return rejected('revoked');
  if (key.expiresAt !== null && key.expiresAt <= now) return rejected('expired');
  if (!allowsAddress(key.allowedAddresses, address)) return rejected('address_not_allowed');
  app.noteUse?.(key, now);
  const { accountId, scopes, siteId } = key;
  return { kind: 'api_key', keyId: key.id, accountId, scopes, siteId };
}

async function authenticateToken(
  bearer: string,
  app: Authentication,
  now: Date,
): Promise<Actor | RejectedCredential> {
  const token = await verifyAccessToken(bearer, { ...app.tokens, now });
  if (token === undefined) return rejected('bad_token');
  const session = await app.accessCache.session(token.subject, token.sessionId);
  return sessionActor(session, 'token', now);
}

async function authenticateCookie(
  cookie: string,
  { origin, fetchSite }: Incoming,
  app: Authentication,
  { mutates, now }: { mutates: boolean; now: Date },
): Promise<Actor | RejectedCredential | Refusal<'origin_refused'>> {
  const digest = digestToken(cookie);
  const session = await app.accessCache.cookie(digest);
  if (session !== undefined && session.cookieDigest !== digest) return rejected('unknown_session');
  const actor = sessionActor(session, 'session', now);
  if (isRejected(actor) || !mutates) return actor;
  const own = origin === app.origin || (origin === undefined && fetchSite === 'same-origin');
  return own ? actor : refuse('origin_refused');
}

function sessionActor(
  session: Awaited<ReturnType<AccessCache['session']>>,
  via: 'session' | 'token',
  now: Date,
): Actor | RejectedCredential {
  if (session === undefined) return rejected('unknown_session');
  if (session.revokedAt !== null) return rejected('revoked');
  if (session.expiresAt <= now) return rejected('expired');
  return { kind: 'user', userId: session.userId, sessionId: session.id, via };
}
