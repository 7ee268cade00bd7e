import { describe, expect, it } from 'vitest';
import { worthOfRefreshToken } from './refresh-token.ts';

const refreshedAt = new Date('2026-03-02T12:00:00Z');
const after = (seconds: number) => new Date(refreshedAt.getTime() + seconds * 1000);
const state = { generation: 3, refreshedAt };

describe('a refresh token', () => {
  it.each([
    [3, 0, 'next'],
    [3, 86_400, 'next'],
    [2, 0, 'same'],
    [2, 29.999, 'same'],
    [2, 30, 'replaced'],
    [1, 0, 'replaced'],
    [0, 1, 'replaced'],
    [4, 0, 'replaced'],
  ])('of generation %i is worth, %s s after the third began, %s', (generation, seconds, worth) => {
    expect(worthOfRefreshToken(generation, state, after(seconds))).toBe(worth);
  });

  it('of the sign-in has no predecessor', () => {
    const first = { generation: 0, refreshedAt: null };
    expect(worthOfRefreshToken(0, first, after(0))).toBe('next');
    expect(worthOfRefreshToken(-1, first, after(0))).toBe('replaced');
  });
});
