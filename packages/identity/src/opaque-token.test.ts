import { expect, test } from 'vitest';
import { digestText, digestToken, mintOpaqueToken } from './opaque-token.ts';

test('an opaque token is 32 random bytes and is stored as its digest', () => {
  const { token, digest } = mintOpaqueToken();
  expect(token).toMatch(/^[\w-]{43}$/);
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  expect(digest).toBe(digestToken(token));
  expect(digest).not.toContain(token);
  expect(mintOpaqueToken().token).not.toBe(token);
});

test('a digest is plain SHA-256 in hex', () => {
  expect(digestText('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
