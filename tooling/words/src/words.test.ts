import { describe, expect, it } from 'vitest';
import { retiredWords } from './retired.ts';
import { retiredWordsOf, wordsOf } from './words.ts';

const wordsIn = (source: string, path = 'packages/db/src/a.ts'): string[] =>
  retiredWordsOf(path, source).map(({ line, word }) => `${line} ${word}`);

describe('a retired word', () => {
  const forms = retiredWords.flatMap(({ forms: all, where }) => all.map((form) => ({ form, where })));

  it.each(forms)('is found in a name: $form', ({ form }) => {
    expect(wordsIn(`const my_${form.replace(' ', '_')}_list = 1;`)).toContain(`1 ${form}`);
  });

  it.each(forms.filter(({ where }) => where === 'everywhere'))('is found in a comment: $form', ({ form }) => {
    expect(wordsIn(`\n// The ${form} is here.`)).toEqual([`2 ${form}`]);
  });

  it.each([
    ['camel case', 'const openHouse = 1;'],
    ['a type', 'interface TestHouse {}'],
    ['a key', 'const a = { house: 1 };'],
    ['an access', 'a.house.b();'],
    ['a private field', 'class A { #house = 1; }'],
    ['a string', "const a = 'the house of b';"],
    ['a template', 'const a = `the house of ${b}`;'],
    ['a pattern', 'const a = /house/;'],
    ['a test title', "it('opens the house', () => {});"],
  ])('is found in %s', (_place, source) => {
    expect(wordsIn(source)).toEqual(['1 house']);
  });

  it('is found in a path, a document and a code block', () => {
    expect(wordsIn('', 'packages/db/src/house.ts')).toEqual(['1 house']);
    expect(wordsIn('A\nhouse.', 'docs/a.md')).toEqual(['2 house']);
    expect(wordsIn('```\nsendLetters()\n```', 'docs/a.md')).toEqual(['2 letters']);
  });

  it('is not found as a part of a longer word', () => {
    expect(wordsIn("const warehouse = 'indeed, headroom and planes';")).toEqual([]);
  });

  it('that only names may not use is allowed in prose, not in code in prose', () => {
    expect(wordsIn('// Six letters, later told.')).toEqual([]);
    expect(wordsIn('// The type `Letters` and sendLetters.')).toEqual(['1 letters']);
    expect(wordsIn("const kind = 'later';")).toEqual(['1 later']);
    expect(wordsIn("const kind = 'a day later';")).toEqual([]);
  });

  it('is allowed in a phrase of others', () => {
    expect(wordsIn("expect(text).toContain('permission denied for table');")).toEqual([]);
    expect(wordsIn("const reason = 'denied';")).toEqual(['1 denied']);
  });
});

describe('the words of a name', () => {
  it.each([
    ['tellOthers', ['tell', 'others']],
    ['tell_others', ['tell', 'others']],
    ['tell-others.ts', ['tell', 'others', 'ts']],
    ['HTTPRoom', ['http', 'room']],
    ['SQL', ['sql']],
  ])('%s', (name, words) => {
    expect(wordsOf(name)).toEqual(words);
  });
});
