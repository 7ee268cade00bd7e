import { hash, timingSafeEqual } from 'node:crypto';
import { keyForm } from './key-form.ts';

const apiKeys = keyForm('tny');
const serviceKeys = keyForm('tns');

/** The shape of an API key, published for secret scanners. */
export const apiKeyPattern = apiKeys.pattern;

/** A new API key, of an account. */
export const mintApiKey = apiKeys.mint;
/** A new service key, of the operator. */
export const mintServiceKey = serviceKeys.mint;

/** Reads an API key without any I/O; undefined for whatever is none. */
export const parseApiKey = apiKeys.parse;
/** Reads a service key without any I/O; undefined for whatever is none. */
export const parseServiceKey = serviceKeys.parse;

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
