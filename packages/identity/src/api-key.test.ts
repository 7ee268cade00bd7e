import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { apiKeyPattern, digestApiKey, mintApiKey, parseApiKey, sameDigest } from './api-key.ts';
import { mutate, seededRandom } from './mutations.fixture.ts';

describe('an API key', () => {
  test('has the form that docs/operate.md publishes for secret scanners', async () => {
    const page = await readFile(join(import.meta.dirname, '../../../docs/operate.md'), 'utf8');
    const published = /^tny_\(live\|test\).*$/m.exec(page)?.[0] ?? 'nothing';
    for (const mode of ['live', 'test'] as const)
      expect(mintApiKey(mode).secret).toMatch(new RegExp(`^${published}$`));
  });

  test('is read back as it was minted, in both modes', () => {
    for (const mode of ['live', 'test'] as const) {
      const minted = mintApiKey(mode);
      expect(minted.secret).toMatch(apiKeyPattern);
      expect(minted.prefix).toBe(`tny_${mode}_${minted.keyId}`);
      expect(minted.secret.startsWith(`${minted.prefix}_`)).toBe(true);
      const parsed = parseApiKey(minted.secret);
      expect(parsed).toMatchObject({ mode, keyId: minted.keyId });
      expect(minted.secret.includes(parsed?.secret ?? '?')).toBe(true);
    }
  });

  test('is never minted twice', () => {
    expect(new Set(Array.from({ length: 2_000 }, () => mintApiKey('live').secret)).size).toBe(2_000);
  });

  test('10,000 seeded mutations are refused by shape or checksum', () => {
    const seed = 20_261;
    const random = seededRandom(seed);
    const { secret } = mintApiKey('live');
    const accepted: string[] = [];
    for (let count = 0; count < 10_000; count += 1) {
      const mutated = mutate(secret, random);
      if (mutated !== secret && parseApiKey(mutated)) accepted.push(mutated);
    }
    console.info(`api-key mutations: seed ${seed}, 10000 attempted / ${accepted.length} violated`);
    expect(accepted).toEqual([]);
  });

  test.each([
    ['nothing', ''],
    ['another brand', mintApiKey('live').secret.replace('tny', 'sk_')],
    ['the other mode', mintApiKey('live').secret.replace('live', 'test')],
    ['a trailing line feed', `${mintApiKey('live').secret}\n`],
    ['a space inside', mintApiKey('live').secret.replace('_live_', ' live_')],
    ['ten thousand letters', 'tny_live_'.padEnd(10_000, 'a')],
    ['its prefix alone', mintApiKey('live').prefix],
  ])('is not %s', (_name, text) => {
    expect(parseApiKey(text)).toBeUndefined();
  });

  test('has a digest that depends on key and pepper', () => {
    const { secret } = mintApiKey('live');
    const digest = digestApiKey(secret, 'pepper');
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(digestApiKey(secret, 'pepper')).toBe(digest);
    expect(digestApiKey(secret, 'paprika')).not.toBe(digest);
    expect(digestApiKey(mintApiKey('live').secret, 'pepper')).not.toBe(digest);
  });

  test('digests compare equal only when they are', () => {
    const digest = digestApiKey('a', 'pepper');
    expect(sameDigest(digest, digestApiKey('a', 'pepper'))).toBe(true);
    expect(sameDigest(digest, digestApiKey('b', 'pepper'))).toBe(false);
    expect(sameDigest(digest, digest.slice(1))).toBe(false);
    expect(sameDigest('', digest)).toBe(false);
  });
});
