import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { procedures } from '../../procedures.ts';

interface Field {
  path: string;
  key: string;
  schema: z.ZodType;
}

const isSchema = (value: unknown): value is z.ZodType => value instanceof z.ZodType;

/** Each field of an object schema with its path, also in objects and lists within it. */
function fieldsOf(schema: z.ZodType, path: string): Field[] {
  const { def } = schema;
  const inner = ['innerType', 'element', 'in', 'left', 'right'].flatMap((part) => {
    const found: unknown = Reflect.get(def, part);
    return isSchema(found) ? fieldsOf(found, path) : [];
  });
  const shape: unknown = Reflect.get(def, 'shape');
  if (typeof shape !== 'object' || shape === null) return inner;
  return Object.entries(shape).flatMap(([key, field]: [string, unknown]) =>
    isSchema(field)
      ? [{ path: `${path}.${key}`, key, schema: field }, ...fieldsOf(field, `${path}.${key}`)]
      : [],
  );
}

const inputs: Field[] = (['api', 'admin'] as const).flatMap((app) =>
  [...procedures[app].values()].flatMap((procedure) =>
    procedure.inputs.flatMap((schema) =>
      isSchema(schema) ? fieldsOf(schema, `${app} ${procedure.name}`) : [],
    ),
  ),
);

const fieldsCalled = (pattern: RegExp) => inputs.filter(({ key }) => pattern.test(key));
const pathsWhere = (fields: readonly Field[], isWrong: (schema: z.ZodType) => boolean) =>
  fields.filter(({ schema }) => isWrong(schema)).map(({ path }) => path);

const takes = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success;

describe('every field of an input that is called a name', () => {
  const names = fieldsCalled(/^name$|Name$/);
  const refused = [
    'a\nb',
    'a\u2028b',
    'a\u202Eb',
    'a\u200Fb',
    'a\u200Bb',
    'a\u200Db',
    'a\uE000b',
    ' ',
    '\u3164',
  ];

  it('refuses control and format characters, and blanks', () => {
    expect(names.length).toBeGreaterThanOrEqual(10);
    for (const text of refused)
      expect([text, pathsWhere(names, (schema) => takes(schema, text))]).toEqual([text, []]);
  });

  it('takes joiners where emoji and scripts need them, and has one spelling', () => {
    for (const text of ['👩🏽‍🚀 Club', 'علی‌رضا', '🏳️‍🌈'])
      expect([text, pathsWhere(names, (schema) => !takes(schema, text))]).toEqual([text, []]);
    expect(
      pathsWhere(names, (schema) => schema.parse(' Cafe\u0301\u00A0 au lait ') !== 'Café au lait'),
    ).toEqual([]);
  });
});

describe('every field of an input that names something in a spelling of its own', () => {
  const id = '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e01';
  const rules: { kind: string; called: RegExp; spellings: string[]; parsed: string }[] = [
    { kind: 'id', called: /^(?!external|tax).*Id$/, spellings: [id.toUpperCase(), id], parsed: id },
    {
      kind: 'e-mail address',
      called: /^(?:e|.*E)mail$/,
      spellings: ['Ada@Bücher.EXAMPLE', ' ada@bu\u0308cher.example ', 'ada@XN--BCHER-KVA.example'],
      parsed: 'ada@xn--bcher-kva.example',
    },
    {
      kind: 'domain',
      called: /^domain$/,
      spellings: ['Bücher.Example', 'https://bu\u0308cher.example:443/', 'xn--bcher-kva.example.'],
      parsed: 'xn--bcher-kva.example',
    },
    { kind: 'currency', called: /^currency$/, spellings: ['usd', 'USD', 'Usd'], parsed: 'USD' },
    { kind: 'plan', called: /^planSlug$/, spellings: ['Starter', ' starter '], parsed: 'starter' },
  ];

  it.each(rules)('parses each spelling of one $kind to the same', ({ called, spellings, parsed }) => {
    const fields = fieldsCalled(called);
    expect(fields.length).toBeGreaterThanOrEqual(2);
    for (const spelling of spellings)
      expect([spelling, pathsWhere(fields, (schema) => schema.safeParse(spelling).data !== parsed)]).toEqual([
        spelling,
        [],
      ]);
  });
});
