import { parseOptions } from '@node-rs/argon2';
import { describe, expect, test } from 'vitest';
import { passwordCharactersMax } from '@tenantry/domain/password';
import { hashRaw } from './password.fixture.ts';
import { decoyHash, hashPassword, hashing, matchPassword, verifyPassword } from './password.ts';

describe('a password', () => {
  test('verifies against its own hash and no other', async () => {
    const stored = await hashPassword('correct horse battery');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await verifyPassword(stored, 'correct horse battery')).toBe(true);
    expect(await verifyPassword(stored, 'correct horse batterY')).toBe(false);
    expect(await verifyPassword(stored, ' correct horse battery')).toBe(false);
    expect(await verifyPassword(stored, '')).toBe(false);
  });

  test('has another hash each time', async () => {
    expect(await hashPassword('same')).not.toBe(await hashPassword('same'));
  });

  test('of 64 and more characters, in any script, is taken whole', async () => {
    const long = '🦊é漢'.repeat(30);
    const stored = await hashPassword(long);
    expect(await verifyPassword(stored, long)).toBe(true);
    expect(await verifyPassword(stored, long.slice(0, -1))).toBe(false);
  });

  test('has one hash however its letters are composed and its spaces are written', async () => {
    const composed = 'caf\u00e9 au lait pour moi';
    const decomposed = 'cafe\u0301\u00a0au lait pour moi';
    const stored = await hashPassword(decomposed);
    expect(await matchPassword(stored, composed)).toBe('normal');
    expect(await matchPassword(stored, decomposed)).toBe('normal');
    expect(await matchPassword(stored, 'cafe au lait pour moi')).toBeUndefined();
  });

  test('that an earlier version hashed as it came is found in that form alone', async () => {
    const decomposed = 'cafe\u0301 au lait pour moi';
    const stored = await hashRaw(decomposed);
    expect(await matchPassword(stored, decomposed)).toBe('raw');
    expect(await matchPassword(stored, 'caf\u00e9 au lait pour moi')).toBeUndefined();
  });

  test('that is too long is never hashed', async () => {
    const tooLong = 'a'.repeat(passwordCharactersMax + 1);
    await expect(hashPassword(tooLong)).rejects.toThrow(RangeError);
    expect(await verifyPassword('not even a hash', tooLong)).toBe(false);
  });

  test('of nobody is checked with the same work and never found right', async () => {
    const { memoryCost, timeCost, parallelism, outputLen, saltLen } = parseOptions(await hashPassword('x'));
    expect(parseOptions(decoyHash())).toMatchObject({
      memoryCost,
      timeCost,
      parallelism,
      outputLen,
      saltLen,
    });
    expect(await verifyPassword(decoyHash(), '')).toBe(false);
    expect(await verifyPassword(decoyHash(), 'password')).toBe(false);
  });

  test('against a broken stored hash is a fault, not a refusal', async () => {
    await expect(verifyPassword('broken', 'password')).rejects.toThrow();
  });
});

describe('hashing', () => {
  test('runs four at once, all of it, also past failures', async () => {
    const works = Array.from({ length: 12 }, (_, index) =>
      index % 3 === 0 ? verifyPassword('broken', 'password') : hashPassword('password'),
    );
    const settled = Promise.allSettled(works);
    await Promise.resolve();
    expect([hashing.activeCount, hashing.pendingCount]).toEqual([4, 8]);
    expect((await settled).filter(({ status }) => status === 'rejected')).toHaveLength(4);
    expect([hashing.activeCount, hashing.pendingCount]).toEqual([0, 0]);
  });
});
