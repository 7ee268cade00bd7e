import { parseModule } from '@tenantry/source/syntax';
import { describe, expect, it } from 'vitest';
import { countLines, functionLines, spread } from './lines.ts';
import { measure, partOf } from './measure.ts';
import { schemasThatStandTwice } from './schemas.ts';
import { typeEscapes } from './types.ts';

const rowsOf = (modules: Record<string, string>, retired = 0): Map<string, string> =>
  new Map(measure(new Map(Object.entries(modules)), retired).rows.map(({ what, value }) => [what, value]));
const brokenBounds = (modules: Record<string, string>, retired = 0): string[] =>
  measure(new Map(Object.entries(modules)), retired)
    .rows.filter(({ bound }) => bound?.isMet === false)
    .map(({ what }) => what);

describe('sizes', () => {
  it('count the lines of a text with and without a last line break', () => {
    expect(['', 'a', 'a\n', 'a\nb', 'a\n\n'].map(countLines)).toEqual([0, 1, 1, 2, 2]);
  });

  it('are given by median, 95th percentile and maximum', () => {
    expect(spread(Array.from({ length: 100 }, (_, index) => 100 - index))).toEqual({
      median: 50,
      p95: 95,
      max: 100,
    });
    expect(spread([])).toEqual({ median: 0, p95: 0, max: 0 });
  });

  it('count functions with a body, and no group of tests', () => {
    const text = [
      'describe.each([1])("a", () => {',
      '  it("b", () => {',
      '    c();',
      '  });',
      '});',
      'const short = () => 1;',
      'export function long() {',
      '  return 1;',
      '}',
    ].join('\n');
    expect(functionLines(parseModule('a.ts', text), text)).toEqual([
      { line: 2, lines: 3 },
      { line: 7, lines: 3 },
    ]);
  });

  it('are kept apart for product, tests, tooling and generated modules', () => {
    const paths = [
      'packages/db/src/a.ts',
      'packages/db/src/a.test.ts',
      'packages/testing/src/a.ts',
      'tooling/setup/src/a.ts',
      'packages/client/src/router.ts',
    ];
    expect(paths.map(partOf)).toEqual(['product', 'tests', 'tests', 'tooling and examples', 'generated']);
    const rows = rowsOf({ 'apps/api/src/a.ts': 'a;\nb;\n', 'apps/api/src/a.test.ts': 'a;\n' });
    expect(rows.get('product: lines')).toBe('2');
    expect(rows.get('tests: lines')).toBe('1');
  });
});

describe('ways around the type checker', () => {
  it.each([
    ['const a: any = 1;', { any: 1, nonNull: 0, casts: 0 }],
    ['const a = b!;', { any: 0, nonNull: 1, casts: 0 }],
    ['let a!: number;', { any: 0, nonNull: 1, casts: 0 }],
    ['const a = b as string;', { any: 0, nonNull: 0, casts: 1 }],
    ['const a = <string>b;', { any: 0, nonNull: 0, casts: 1 }],
    ["const a = ['b'] as const;", { any: 0, nonNull: 0, casts: 0 }],
    ["import { a as b } from './a.ts';", { any: 0, nonNull: 0, casts: 0 }],
    ['const a = !b satisfies boolean;', { any: 0, nonNull: 0, casts: 0 }],
  ])('are counted in %s', (text, escapes) => {
    expect(typeEscapes(parseModule('a.ts', text))).toEqual(escapes);
  });
});

describe('a schema that stands twice', () => {
  const twiceIn = (left: string, right: string) =>
    schemasThatStandTwice(
      new Map([
        ['packages/contract/src/a.ts', left],
        ['apps/api/src/b.ts', right],
      ]),
    ).map(({ places }) => places.join(' '));
  const both = ['packages/contract/src/a.ts:1 apps/api/src/b.ts:1'];

  it('is found by its text, whatever its spaces', () => {
    const text = 'z.string().min(1).max(200).regex(/^[a-z]+$/)';
    expect(twiceIn(`const a = ${text};`, `const b = ${text.replaceAll('.', '\n  .')};`)).toEqual(both);
    expect(twiceIn(`const a = ${text};`, `const b = ${text.replace('200', '201')};`)).toEqual([]);
    expect(twiceIn('const a = z.string().min(1);', 'const b = z.string().min(1);')).toEqual([]);
  });

  it('is found by the keys of its object, in any order and behind a chain', () => {
    const left = 'const a = z.object({ id: z.uuid(), name: z.string(), at: z.date(), ...page });';
    const right = 'const b = z.strictObject({ ...page, at: x, name: y, id }).strict().optional();';
    expect(twiceIn(left, right)).toEqual(both);
    expect(twiceIn(left, right.replace('name', 'title'))).toEqual([]);
  });

  it('is reported once, not again for what stands in it', () => {
    const inner = 'z.object({ a: z.string(), b: z.string(), c: z.string(), d: z.string() })';
    const outer = `z.object({ e: ${inner}, f: z.string(), g: z.string(), h: z.string() })`;
    expect(twiceIn(`const a = ${outer};`, `const b = ${outer};`)).toEqual(both);
    expect(twiceIn(`const a = ${inner};`, `const b = ${outer};`)).toEqual(both);
  });
});

describe('a bound', () => {
  it('holds for modules that keep every rule', () => {
    expect(brokenBounds({ 'packages/db/src/a.ts': 'export const a = 1;\n' })).toEqual([]);
  });

  it.each([
    ['`any`', { 'packages/db/src/a.ts': 'const a: any = 1;' }],
    ['non-null `!`', { 'packages/db/src/a.ts': 'const a = b!;' }],
    ['circles of imports, tests included', { 'packages/db/src/a.test.ts': "import './a.test.ts';" }],
    ['files of more than 250 lines', { 'packages/db/src/a.ts': 'a;\n'.repeat(251) }],
    [
      'schemas that stand twice',
      { 'packages/rest/src/a.ts': 'const a = z.object({ a, b, c, d }); const e = z.object({ a, b, c, d });' },
    ],
  ])('is not met: %s', (what, modules) => {
    expect(brokenBounds(modules)).toEqual([what]);
  });

  it('is not met: retired words', () => {
    expect(brokenBounds({}, 1)).toEqual(['retired words']);
  });
});
