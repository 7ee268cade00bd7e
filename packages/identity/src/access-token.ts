import { SignJWT, errors, jwtVerify } from 'jose';

/** The longest life of an access token, in seconds. */
const accessTokenSecondsMax = 600;

const algorithm = 'HS256';
const headerType = 'at+jwt';
const claimType = 'access';
const requiredClaims = ['exp', 'iat', 'sub', 'aud', 'iss', 'typ', 'sid'];
const tokenCharactersMax = 2048;
const futureSecondsMax = 60;
const secretBytesMin = 32;
const idPattern = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

export type AccessTokenInput = {
  readonly secret: string;
  readonly issuer: string;
  readonly audience: string;
  /** The user's id. */
  readonly subject: string;
  readonly sessionId: string;
  readonly now: Date;
  /** Whole seconds, 1 to `accessTokenSecondsMax`. */
  readonly lifetimeSeconds: number;
};

/** One secret, or a ring of them while secrets rotate (newest first). */
export type AccessTokenSecrets = { readonly secret: string } | { readonly secrets: readonly string[] };

export type AccessTokenExpectation = AccessTokenSecrets & {
  readonly issuer: string;
  readonly audience: string;
  readonly now: Date;
};

export type AccessTokenBearer = { readonly subject: string; readonly sessionId: string };

/**
 * A signed access token (RFC 9068 header type).
 * @throws RangeError when the lifetime is out of bounds or the secret shorter than 32 bytes
 */
export async function issueAccessToken(input: AccessTokenInput): Promise<string> {
  const { lifetimeSeconds } = input;
  if (!Number.isInteger(lifetimeSeconds) || lifetimeSeconds < 1 || lifetimeSeconds > accessTokenSecondsMax) {
    throw new RangeError(`an access token lives 1 to ${accessTokenSecondsMax} seconds`);
  }
  const issuedAt = Math.floor(input.now.getTime() / 1000);
  return new SignJWT({ typ: claimType, sid: input.sessionId })
    .setProtectedHeader({ alg: algorithm, typ: headerType })
    .setSubject(input.subject)
    .setAudience(input.audience)
    .setIssuer(input.issuer)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifetimeSeconds)
    .sign(keyOf(input.secret));
}

/**
 * Who bears this token at `now`.
 * @returns `expired` for a token of ours whose time is over, and undefined for whatever else is not valid now; nothing is
 * tolerated past `exp`
 * @throws RangeError when a secret is shorter than 32 bytes
 */
export async function verifyAccessToken(
  token: string,
  expectation: AccessTokenExpectation,
): Promise<AccessTokenBearer | 'expired' | undefined> {
  const keys = ('secrets' in expectation ? expectation.secrets : [expectation.secret]).map(keyOf);
  if (!isCanonical(token)) return undefined;
  for (const key of keys) {
    const verdict = await verifyWith(token, key, expectation);
    if (verdict !== 'other_key') return verdict;
  }
  return undefined;
}

async function verifyWith(
  token: string,
  key: Uint8Array,
  { issuer, audience, now }: AccessTokenExpectation,
): Promise<AccessTokenBearer | 'expired' | undefined | 'other_key'> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [algorithm],
      typ: headerType,
      issuer,
      audience,
      requiredClaims,
      clockTolerance: 0,
      currentDate: now,
    });
    const { iat, exp, aud, sub, typ, sid } = payload;
    if (typ !== claimType || typeof aud !== 'string') return undefined;
    if (!isId(sub) || !isId(sid)) return undefined;
    if (!Number.isSafeInteger(iat) || !Number.isSafeInteger(exp)) return undefined;
    if (iat === undefined || exp === undefined || exp - iat > accessTokenSecondsMax) return undefined;
    if (iat > now.getTime() / 1000 + futureSecondsMax) return undefined;
    return { subject: sub, sessionId: sid };
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed) return 'other_key';
    // The signature and the other claims are compared before the time is.
    if (error instanceof errors.JWTExpired) return 'expired';
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}

/** Whether a claim is an id as the issuer writes one: it is looked up in the database as it is. */
function isId(claim: unknown): claim is string {
  return typeof claim === 'string' && idPattern.test(claim);
}

/** Base64url leaves spare bits in the signature's last letter; only the one spelling we issue is a token. */
function isCanonical(token: string): boolean {
  if (token.length > tokenCharactersMax || !/^[\w-]+\.[\w-]+\.[\w-]{43}$/.test(token)) return false;
  const signature = token.slice(-43);
  return Buffer.from(signature, 'base64url').toString('base64url') === signature;
}

function keyOf(secret: string): Uint8Array {
  const key = new TextEncoder().encode(secret);
  if (key.length < secretBytesMin)
    throw new RangeError(`a token secret has at least ${secretBytesMin} bytes`);
  return key;
}
