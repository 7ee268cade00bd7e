import { describe, expect, it } from 'vitest';
import { visualPieces } from './visual.ts';

const shown = (line: string) => visualPieces(line).join('|');

describe('a line on paper', () => {
  it('stays as it is where everything is read from left to right', () => {
    expect(visualPieces('Growth plan (2026)')).toEqual(['Growth plan (2026)']);
    expect(visualPieces('')).toEqual(['']);
  });

  it('has the words of a right-to-left name from right to left, each whole', () => {
    expect(shown('שלום עולם')).toBe('עולם| |שלום');
    expect(shown('شركة المثال للتجارة')).toBe('للتجارة| |المثال| |شركة');
  });

  it('keeps numbers and Latin words from left to right within it, and turns its brackets', () => {
    expect(shown('שלום 12 עולם')).toBe('עולם| |12| |שלום');
    expect(shown('شركة (2026) Ltd')).toBe('Ltd| |(|2026|)| |شركة');
  });

  it('turns a right-to-left name around within a Latin line', () => {
    expect(shown('Pay שלום עולם now')).toBe('Pay| |עולם| |שלום| |now');
  });
});
