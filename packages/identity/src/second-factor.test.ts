import { generateSync } from 'otplib';
import { describe, expect, it } from 'vitest';
import { digestRecoveryCode, mintRecoveryCodes, newTotpSecret, stepOfCode } from './second-factor.ts';

const now = new Date('2026-01-01T00:00:15Z');
const epoch = now.getTime() / 1000;

describe('a one-time code', () => {
  it('is that of RFC 6238’s own example', () => {
    const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    expect(stepOfCode(secret, '287082', new Date(59_000), -1)).toBe(1);
  });

  it('is right for its step and one to either side, and never twice', () => {
    const { secret, uri } = newTotpSecret('a@example.test');
    expect(uri).toContain(`secret=${secret}`);
    const codeAt = (shiftSeconds: number) => generateSync({ secret, epoch: epoch + shiftSeconds });
    const step = stepOfCode(secret, codeAt(0), now, -1);
    expect(step).toBe(Math.floor(epoch / 30));
    expect([stepOfCode(secret, codeAt(-30), now, -1), stepOfCode(secret, codeAt(30), now, -1)]).toEqual([
      Number(step) - 1,
      Number(step) + 1,
    ]);
    expect(stepOfCode(secret, codeAt(-90), now, -1)).toBeUndefined();
    expect(stepOfCode(secret, codeAt(0), now, Number(step))).toBeUndefined();
    for (const strange of ['', '12345', '1234567', 'abcdef', ' 12345', '１２３４５６'])
      expect(stepOfCode(secret, strange, now, -1)).toBeUndefined();
  });
});

describe('recovery codes', () => {
  it('are ten, unlike each other, and known by their digests', () => {
    const { codes, digests } = mintRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    expect(codes.map(digestRecoveryCode)).toEqual(digests);
    expect(digestRecoveryCode('not a code')).toBeUndefined();
  });
});
