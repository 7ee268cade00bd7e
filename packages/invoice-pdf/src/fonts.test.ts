import { describe, expect, it } from 'vitest';
import { fontRuns, replacement } from './fonts.ts';

const shown = (text: string) => fontRuns(text, 'regular').map((run) => `${run.font}:${run.text}`);

describe('the fonts of a text', () => {
  it.each([
    ['Straße, Łódź, Ελλάδα, Россия', ['regular:Straße, Łódź, Ελλάδα, Россия']],
    ['شركة المثال', ['regular:شركة المثال']],
    ['株式会社サンプル', ['regular-han:株式会社サンプル']],
    ['臺北市 信義區', ['regular-han:臺北市 信義區']],
    ['髙島屋・ＡＢＣ', ['regular-han:髙島屋・ＡＢＣ']],
    ['서울특별시', ['regular-hangul:서울특별시']],
    ['ABC 有限公司 Ltd', ['regular:ABC ', 'regular-han:有限公司 ', 'regular:Ltd']],
  ])('of %s are %j', (text, runs) => {
    expect(shown(text)).toEqual(runs);
  });

  it.each([
    ['an emoji', 'A 🎉', ['regular:A �']],
    ['a script without a font', 'शर्मा', [`regular:${replacement.repeat(5)}`]],
  ])('have a replacement for %s', (_what, text, runs) => {
    expect(shown(text)).toEqual(runs);
  });

  it('leave out what shows nothing, and keep nothing of an empty text', () => {
    expect(shown('葛\u{E0100}城')).toEqual(['regular-han:葛城']);
    expect(shown('')).toEqual([]);
  });
});
