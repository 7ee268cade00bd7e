import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readSecrets } from './secrets.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tenantry-secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the secrets of a demo', () => {
  it('are made once, unlike each other, for their owner alone', () => {
    const file = join(folder, 'secrets.json');
    const made = readSecrets(file);
    expect(readSecrets(file)).toEqual(made);
    expect(new Set(Object.values(made)).size).toBe(Object.keys(made).length);
    expect(made.SECOND_FACTOR_KEYS).toMatch(/^1:[\w-]{64}$/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('gain what a newer version asks for, and keep the rest', () => {
    const file = join(folder, 'secrets.json');
    const { SECOND_FACTOR_KEYS, ...older } = readSecrets(file);
    writeFileSync(file, JSON.stringify(older));
    const secrets = readSecrets(file);
    expect(secrets).toMatchObject(older);
    expect(secrets.SECOND_FACTOR_KEYS).not.toBe(SECOND_FACTOR_KEYS);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(secrets);
  });
});
