import { describe, expect, it } from 'vitest';
import { fingerprintOf } from './fingerprint.ts';

describe('the fingerprint of an input', () => {
  it('is 64 hex digits, and the SHA-256 of canonical JSON', () => {
    // sha256 of {"a":1}
    expect(fingerprintOf({ a: 1 })).toBe('015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862');
  });

  it('takes bytes by their SHA-256', () => {
    const digest = 'fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603';
    expect(fingerprintOf({ file: Buffer.from('ab') })).toBe(fingerprintOf({ file: digest }));
  });

  it.each([
    ['the order of keys', { a: 1, b: { c: 2, d: [3] } }, { b: { d: [3], c: 2 }, a: 1 }],
    ['a field that is undefined', { a: 1, b: undefined }, { a: 1 }],
    ['another object of the same moment', { at: new Date(5) }, { at: new Date(5) }],
    ['another buffer of the same bytes', { file: Buffer.from('ab') }, { file: new Uint8Array([97, 98]) }],
    ['nothing at all', undefined, null],
  ])('does not depend on %s', (_what, left, right) => {
    expect(fingerprintOf(left)).toBe(fingerprintOf(right));
  });

  it.each([
    ['a value', { a: 1 }, { a: 2 }],
    ['a type', { a: 1 }, { a: '1' }],
    ['null', { a: null }, {}],
    ['the order of a list', [1, 2], [2, 1]],
    ['a moment', { at: new Date(5) }, { at: new Date(6) }],
    ['one byte', { file: Buffer.from('ab') }, { file: Buffer.from('ac') }],
    ['a text that is no valid Unicode', { a: '\ud800' }, { a: '\ud801' }],
    ['nesting', { a: { b: 1 } }, { a: {}, b: 1 }],
  ])('depends on %s', (_what, left, right) => {
    expect(fingerprintOf(left)).not.toBe(fingerprintOf(right));
  });
});
