import { parseOptions } from '@node-rs/argon2';
import { describe, expect, test } from 'vitest';
import { limitConcurrency } from './limit-concurrency.ts';
import { passwordCharactersMax } from '@tenantry/domain/password';
import { decoyHash, hashPassword, verifyPassword } from './password.ts';

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

describe('work in turn', () => {
  test('runs at most so many at once, all of it, also past a failure', async () => {
    const inTurn = limitConcurrency(4);
    let running = 0;
    let runningMost = 0;
    const settled = await Promise.allSettled(
      Array.from({ length: 40 }, (_, index) =>
        inTurn(async () => {
          running += 1;
          runningMost = Math.max(runningMost, running);
          await new Promise((resolve) => setTimeout(resolve, 1));
          running -= 1;
          if (index % 3 === 0) throw new Error('fails');
          return index;
        }),
      ),
    );
    expect(runningMost).toBe(4);
    expect(settled.filter(({ status }) => status === 'rejected')).toHaveLength(14);
    expect(await inTurn(async () => 'free again')).toBe('free again');
  });
});
