import { describe, expect, it } from 'vitest';
import { newCode, newId, withIds } from './ids.ts';

describe('ids', () => {
  it('are UUIDs of version 7', () => {
    expect(newId()).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });

  it('that are given together ascend, and leave the rows in their order', () => {
    const rows = Array.from({ length: 1000 }, (_, index) => ({ index }));
    const named = withIds(rows);
    expect(named.map(({ index }) => index)).toEqual(rows.map(({ index }) => index));
    const ids = named.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].toSorted());
  });
});

describe('codes', () => {
  it('have the length asked for, of letters that people do not mix up, and differ', () => {
    const codes = Array.from({ length: 500 }, () => newCode(10));
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
    expect(new Set(codes).size).toBe(500);
    expect(new Set(codes.join('')).size).toBe(32);
    expect(newCode(16)).toHaveLength(16);
  });
});
