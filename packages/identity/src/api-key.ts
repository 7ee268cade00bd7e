import { hash, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { encodeBase62, randomBase62 } from './base62.ts';

export type ApiKeyMode = 'live' | 'test';

export type MintedApiKey = {
  /** The whole key, shown once. */
  readonly secret: string;
  readonly keyId: string;
  /** What may be shown and stored: everything before the secret. */
  readonly prefix: string;
};

export type ParsedApiKey = { readonly mode: ApiKeyMode; readonly keyId: string; readonly secret: string };

/** Length of every key: `tny_live_`, 12 of id, `_`, 32 of secret, 6 of checksum. */
const apiKeyCharacters = 60;

/** The shape of a key, published for secret scanners; one fixed length, so it matches in linear time. */
export const apiKeyPattern = /^tny_(live|test)_([0-9A-Za-z]{12})_([0-9A-Za-z]{32})([0-9A-Za-z]{6})$/;

/** A new key with 190 bits of secret. */
export function mintApiKey(mode: ApiKeyMode): MintedApiKey {
  const keyId = randomBase62(12);
  const prefix = `tny_${mode}_${keyId}`;
  const body = `${prefix}_${randomBase62(32)}`;
  return { secret: body + checksumOf(body), keyId, prefix };
}

/**
 * Reads a key without any I/O: length, then shape, then checksum.
 * @returns undefined for whatever is not a key; a key that parses may still be unknown or revoked
 */
export function parseApiKey(text: string): ParsedApiKey | undefined {
  if (text.length !== apiKeyCharacters) return undefined;
  const [, mode, keyId, secret, checksum] = apiKeyPattern.exec(text) ?? [];
  if ((mode !== 'live' && mode !== 'test') || keyId === undefined || secret === undefined) return undefined;
  if (checksum !== checksumOf(text.slice(0, -6))) return undefined;
  return { mode, keyId, secret };
}

/**
 * SHA-256 of the whole key followed by the pepper, as 64 hex digits: the only form a key is stored in. A fast hash
 * is right for 190 random bits, and with the pepper behind the key nothing can be appended to what was hashed.
 */
export function digestApiKey(key: string, pepper: string): string {
  return hash('sha256', key + pepper, 'hex');
}

/** Whether two digests are equal, in time that depends on their length alone. */
export function sameDigest(left: string, right: string): boolean {
  const leftBytes = Buffer.from(left, 'utf8');
  const rightBytes = Buffer.from(right, 'utf8');
  return leftBytes.length === rightBytes.length && timingSafeEqual(leftBytes, rightBytes);
}

function checksumOf(body: string): string {
  return encodeBase62(crc32(body), 6);
}
