import type { Actor } from '@tenantry/domain/actor';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import { type AccessTokenExpectation, verifyAccessToken } from '@tenantry/identity/access-token';
import { digestApiKey, parseApiKey, sameDigest } from '@tenantry/identity/api-key';
import { digestToken } from '@tenantry/identity/opaque-token';
import { allowsAddress } from './address.ts';
import type { Facts, KeyFacts } from './facts.ts';
import type { Incoming } from './incoming.ts';

/** What authentication needs besides the request. */
export interface Authentication {
  facts: Facts;
  apiKeyPepper: string;
  tokens: Omit<AccessTokenExpectation, 'now'> & { secret: string };
  /** Told of each use of a key; must not block. */
  noteUse?: (key: KeyFacts, now: Date) => void;
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
export interface Denied {
  denied: CredentialFault;
}

/** Tells a denied credential from an actor. */
export function isDenied(value: Actor | Denied | Refusal): value is Denied {
  return 'denied' in value;
}

const denied = (fault: CredentialFault): Denied => ({ denied: fault });
const bearerPattern = /^Bearer ([\x21-\x7e]+)$/i;

/**
 * Who makes this call: one credential, or nobody. A session cookie may change something only from our own
 * origin (`origin_refused`). Source: the contract's section on credentials.
 */
export async function authenticate(
  incoming: Incoming,
  house: Authentication,
  call: { mutates: boolean; now: Date },
): Promise<Actor | Denied | Refusal<'origin_refused'>> {
  const { authorizations, cookie, strayCredential } = incoming;
  if (strayCredential) return denied('stray_credential');
  const presented = authorizations.length + (cookie === undefined ? 0 : 1);
  if (presented === 0) return { kind: 'anonymous' };
  if (presented > 1) return denied('several_credentials');
  if (cookie !== undefined) return authenticateCookie(cookie, incoming, house, call);
  const bearer = bearerPattern.exec(authorizations[0] ?? '')?.[1];
  if (bearer === undefined) return denied('malformed');
  return bearer.startsWith('tny_')
    ? authenticateKey(bearer, incoming.address, house, call.now)
    : authenticateToken(bearer, house, call.now);
}

async function authenticateKey(
  bearer: string,
  address: string,
  house: Authentication,
  now: Date,
): Promise<Actor | Denied> {
  const parsed = parseApiKey(bearer);
  if (parsed === undefined) return denied('bad_checksum');
  const key = await house.facts.key(parsed.keyId);
  const digest = digestApiKey(bearer, house.apiKeyPepper);
  if (key === undefined || !sameDigest(key.digest, digest)) return denied('unknown_key');
  if (key.revokedAt !== null) return denied('revoked');
  if (key.expiresAt !== null && key.expiresAt <= now) return denied('expired');
  if (!allowsAddress(key.allowedAddresses, address)) return denied('address_not_allowed');
  house.noteUse?.(key, now);
  const { accountId, scopes, siteId } = key;
  return { kind: 'api_key', keyId: key.id, accountId, scopes, siteId };
}

async function authenticateToken(bearer: string, house: Authentication, now: Date): Promise<Actor | Denied> {
  const token = await verifyAccessToken(bearer, { ...house.tokens, now });
  if (token === undefined) return denied('bad_token');
  const session = await house.facts.session(token.subject, token.sessionId);
  return sessionActor(session, 'token', now);
}

async function authenticateCookie(
  cookie: string,
  { origin, fetchSite }: Incoming,
  house: Authentication,
  { mutates, now }: { mutates: boolean; now: Date },
): Promise<Actor | Denied | Refusal<'origin_refused'>> {
  const digest = digestToken(cookie);
  const session = await house.facts.cookie(digest);
  if (session !== undefined && session.cookieDigest !== digest) return denied('unknown_session');
  const actor = sessionActor(session, 'session', now);
  if (isDenied(actor) || !mutates) return actor;
  const own = origin === house.origin || (origin === undefined && fetchSite === 'same-origin');
  return own ? actor : refuse('origin_refused');
}

function sessionActor(
  session: Awaited<ReturnType<Facts['session']>>,
  via: 'session' | 'token',
  now: Date,
): Actor | Denied {
  if (session === undefined) return denied('unknown_session');
  if (session.revokedAt !== null) return denied('revoked');
  if (session.expiresAt <= now) return denied('expired');
  return { kind: 'user', userId: session.userId, sessionId: session.id, via };
}
