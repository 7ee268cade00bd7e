import { createHash, randomBytes } from 'node:crypto';

export type MintedToken = {
  /** 43 characters of base64url (32 random bytes); given away once. */
  readonly token: string;
  /** What is stored: 64 hex digits. */
  readonly digest: string;
};

/** A new random token for a session, a reset, an invitation. */
export function mintOpaqueToken(): MintedToken {
  const token = randomBytes(32).toString('base64url');
  return { token, digest: digestToken(token) };
}

/** The stored form of a token; 256 random bits need no slow hash and no salt. */
export function digestToken(token: string): string {
  return digestText(token);
}

/** SHA-256 of a text's UTF-8 bytes, as 64 hex digits. */
export function digestText(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
