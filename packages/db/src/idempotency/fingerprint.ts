import { createHmac, hash } from 'node:crypto';
import canonicalize from 'canonicalize';

/**
 * SHA-256, as 64 hex digits, of a parsed input in canonical JSON (RFC 8785): neither the order of keys nor a field that
 * is undefined counts.
 * @throws for what no parsed input holds: a number that is not finite, a circle
 */
export function fingerprintOf(input: unknown): string {
  return hash('sha256', canonicalize(withoutRawParts(input)) ?? 'null', 'hex');
}

/** The same under a secret, for an input that can hold a password: whoever reads the table cannot guess it. */
export function secretFingerprintOf(input: unknown, key: string): string {
  // The label keeps these digests apart from whatever else the key is used for.
  return createHmac('sha256', key)
    .update(`idempotency fingerprint ${fingerprintOf(input)}`)
    .digest('hex');
}

/** The input with its bytes as their digest, and a text that is no valid Unicode, which canonical JSON refuses, escaped. */
function withoutRawParts(value: unknown): unknown {
  if (typeof value === 'string') return value.isWellFormed() ? value : JSON.stringify(value);
  if (value instanceof Uint8Array) return hash('sha256', value, 'hex');
  if (Array.isArray(value)) return value.map(withoutRawParts);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutRawParts(item)]));
}
