import { describe, expect, it } from 'vitest';
import { normalisePassword, refusalIfWeakPassword } from './password.ts';

describe('the normal form of a password', () => {
  it.each([
    ['cafe\u0301 au lait', 'caf\u00e9 au lait'],
    ['\u1112\u1161\u11ab\u1100\u1173\u11af', '\ud55c\uae00'],
    ['a\u00a0b\u2003c\u3000d', 'a b c d'],
    ['CaSe stays, and tabs\t', 'CaSe stays, and tabs\t'],
    ['\ufb01ligature', '\ufb01ligature'],
  ])('of %j is %j', (text, form) => {
    expect(normalisePassword(text)).toBe(form);
    expect(normalisePassword(form)).toBe(form);
  });
});

const common = new Set(['password', 'qwertyuiop', 'dragon', 'trustno1']);
const messageFor = (password: string, texts: readonly (string | null)[] = []) =>
  refusalIfWeakPassword(password, { isCommon: (text) => common.has(text), texts, path: 'password' })?.facts
    .errors?.[0]?.message;

describe('a password that is guessed first', () => {
  it.each([
    'qwertyuiop',
    'QwErTyUiOp',
    'password12',
    '123password',
    '!Dragon2024',
    'dragondragon',
    'trustno1trustno1',
    'aaaaaaaaaaaa',
    'abcabcabcabc',
  ])('is refused: %s', (password) => {
    expect(messageFor(password)).toContain('guessed first');
  });

  it.each(['correct horse battery', 'dragon9482736450', 'passwords are long', 'qwertyuiop and more'])(
    'is not: %s',
    (password) => {
      expect(messageFor(password)).toBeUndefined();
    },
  );
});

describe('a password that is made of the address or a name', () => {
  const texts = ['ada.lovelace@analytical.example', null, 'Engine Works'];
  it.each([
    'ada.lovelace',
    'AdaLovelace1',
    'lovelace2024',
    'analytical!!',
    'engine works',
    'ada-analytical-1',
  ])('is refused: %s', (password) => {
    expect(messageFor(password, texts)).toContain('your address or a name');
  });

  it.each(['lovelace met babbage', 'analysis of engines', 'example example 12', 'correct horse battery'])(
    'is not: %s',
    (password) => {
      expect(messageFor(password, texts)).toBeUndefined();
    },
  );
});
