import { describe, expect, it } from 'vitest';
import { isName, normaliseName, withoutInvisible } from './name.ts';

describe('a name', () => {
  it.each([
    'Ada Lovelace',
    "O'Hara & Söhne GmbH (Zürich)",
    'علی‌رضا', // Persian, with a non-joiner
    'می‌خواهم',
    'क्‍ष', // Devanagari, with a joiner
    'ശ്രീനാഥന്‍', // Malayalam, with a joiner at the end
    'שלום',
    '株式会社葛\u{E0100}',
    '👨‍👩‍👧 Family',
    '🏳️‍🌈 Shop',
    '❤️‍🔥',
    '🏳️‍⚧️',
    '👩🏽‍🚀',
    '1️⃣ First',
    '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
    '™',
  ])('may be %s', (name) => {
    expect(isName(normaliseName(name))).toBe(true);
  });

  const forbidden: [string, string][] = [
    ['a line feed', 'Pay\nnow'],
    ['a carriage return', 'Pay\rnow'],
    ['a tab', 'a\tb'],
    ['NUL', 'a\0b'],
    ['a C1 control', 'a\u0085b'],
    ['a line separator', 'a\u2028b'],
    ['a paragraph separator', 'a\u2029b'],
    ['a right-to-left override', 'invoice\u202Efdp.exe'],
    ['a right-to-left mark', 'a\u200Fb'],
    ['a left-to-right mark', 'a\u200Eb'],
    ['an isolate', 'a\u2067b\u2069'],
    ['an Arabic letter mark', 'a\u061Cb'],
    ['a zero-width space', 'a\u200Bb'],
    ['a word joiner', 'a\u2060b'],
    ['a byte order mark', '\uFEFFa'],
    ['a soft hyphen', 'a\u00ADb'],
    ['a joiner between Latin letters', 'pay\u200Dpal'],
    ['a non-joiner between Latin letters', 'pay\u200Cpal'],
    ['a joiner before an emoji alone', 'a\u200D👧'],
    ['a non-joiner between emoji', '👨\u200C👧'],
    ['a variation selector after a letter', 'a\uFE0F'],
    ['a combining grapheme joiner', 'a\u034Fb'],
    ['a Hangul filler', 'a\u3164b'],
    ['hidden tag letters', 'a\u{E0061}\u{E0062}'],
    ['hidden tag letters after another flag', '🏳\u{E0061}\u{E0062}\u{E0063}\u{E007F}'],
    ['private use', 'a\uE000'],
    ['private use of a higher plane', '\u{F0000}'],
    ['a code point that is not assigned', 'a\u0378'],
    ['a noncharacter', 'a\uFFFE'],
    ['a lone surrogate', 'a\ud800'],
  ];
  it.each(forbidden)('does not hold %s', (_kind, name) => {
    expect(isName(normaliseName(name))).toBe(false);
    expect(isName(`a${withoutInvisible(normaliseName(name))}`)).toBe(true);
  });

  it.each(['', ' ', '\u00A0\u3000', '\u2800', '\u0301', '\u3164', '\u200D'])('is not blank: %j', (name) => {
    expect(isName(normaliseName(name))).toBe(false);
  });

  it('has one spelling: composed, with single spaces', () => {
    expect(normaliseName('  Cafe\u0301 \u00A0  Zu\u0308rich\u3000')).toBe('Café Zürich');
  });
});
