import { describe, expect, it } from 'vitest';
import { isCode, normaliseCode } from './code.ts';

describe('the normal form of a code', () => {
  it.each([
    ['123456', '123456'],
    ['123 456', '123456'],
    [' 123-456\n', '123456'],
    ['\uff11\uff12\uff13\uff14\uff15\uff16', '123456'],
    ['abcde-fgh23', 'abcde-fgh23'],
    ['ABCDE-FGH23', 'abcde-fgh23'],
    ['abcde fgh23', 'abcde-fgh23'],
    ['abcdefgh23', 'abcde-fgh23'],
    ['abcde \u2013 fgh23\u200b', 'abcde-fgh23'],
  ])('of %j is %j', (text, form) => {
    expect(normaliseCode(text)).toBe(form);
    expect(normaliseCode(form)).toBe(form);
    expect(isCode(form)).toBe(true);
  });

  it.each(['12345', '1234567', 'abcde-fgh18', 'abcde-fgh2', '', '-', 'a-bcdefgh23x'])(
    'is none for %j',
    (text) => {
      expect(isCode(normaliseCode(text))).toBe(false);
    },
  );
});
