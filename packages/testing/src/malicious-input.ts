import { isJsonObject } from '@tenantry/rest/json-schema';
import fc from 'fast-check';

const nested = (depth: number): unknown => (depth === 0 ? 0 : [nested(depth - 1)]);

const maliciousTexts = [
  '\0',
  'a\0b',
  '\ud800',
  '\udfff\ud800',
  '\u202Eabc',
  '\uFEFF',
  '🏴‍☠️'.repeat(50),
  'x'.repeat(5e3),
  "' or 1=1 --",
  '"; drop table site; --',
  '%',
  '_%',
  '$.a[*]',
  '{{7*7}}',
  '${7*7}',
  '../../etc/passwd',
  '\r\nSet-Cookie: a=b',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'NaN',
  'Infinity',
  '0x10',
  '1e400',
  '-0',
  '٣',
  '１２',
];
const maliciousJson = [
  '[]|{}|[7]|[null]|[[]]|true|false|null|9007199254740992|-9007199254740992|1e308|-1|0|0.1|1e-7',
  '{"$ne":null}|{"$gt":""}|{"then":1}|{"__proto__":{"polluted":true}}|{"constructor":{"prototype":{"polluted":true}}}',
].flatMap((line): unknown[] => line.split('|').map((text) => JSON.parse(text)));

/** Values that are known to cause faults in servers. */
const maliciousValues: readonly unknown[] = [
  ...maliciousTexts,
  ...maliciousJson,
  nested(100),
  Array.from({ length: 2000 }, (_, index) => index),
];

const malicious = fc.constantFrom(...maliciousValues);

/** Values that a JSON schema may allow; patterns are ignored, so some are refused. */
export function valueOf(schema: unknown): fc.Arbitrary<unknown> {
  if (!isJsonObject(schema)) return malicious;
  const union = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(union)) return fc.oneof(...union.map(valueOf));
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...schema['enum']);
  const { type, minimum = -1000, maximum = 1000, minLength = 0, maxLength = 200 } = schema;
  const bound = (value: unknown, limit: number) => Math.max(-limit, Math.min(limit, Number(value)));
  switch (Array.isArray(type) ? type[0] : type) {
    case 'string':
      return schema['format'] === 'uuid'
        ? fc.uuid()
        : fc.string({ minLength: bound(minLength, 50), maxLength: bound(maxLength, 60), unit: 'grapheme' });
    case 'integer':
      return fc.integer({ min: bound(minimum, 1e6), max: bound(maximum, 1e6) });
    case 'number':
      return fc.double();
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(valueOf(schema['items']), { maxLength: 4 });
    case 'object':
      return objectOf(schema);
    default:
      return malicious;
  }
}

function objectOf(schema: Readonly<Record<string, unknown>>): fc.Arbitrary<unknown> {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? schema['required'].map(String) : [];
  const fields = Object.fromEntries(Object.entries(properties).map(([key, one]) => [key, valueOf(one)]));
  return fc.record(fields, { requiredKeys: required.filter((key) => key in fields) });
}

/** Inputs near a valid one: as it is, as the schema allows, with one part changed, or malicious as a whole. */
export function inputsNear(right: Record<string, unknown>, schema: unknown): fc.Arbitrary<unknown> {
  const own = Object.keys(right);
  const keys = [...own, ...own, 'extra', '__proto__', 'constructor'];
  const changed = fc.constantFrom(...keys).chain((key) => {
    // For a text, malicious texts pass the most checks.
    const texts = fc.constantFrom(...maliciousTexts);
    const values =
      typeof right[key] === 'string' ? fc.oneof(texts, malicious) : fc.oneof(malicious, fc.jsonValue());
    return fc
      .tuple(values, fc.nat(9))
      .map(([value, chance]) => withChange(right, key, chance === 0 ? undefined : value));
  });
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant(right) },
    {
      weight: 2,
      arbitrary: valueOf(schema).map((value) => ({ ...right, ...(isJsonObject(value) ? value : {}) })),
    },
    { weight: 8, arbitrary: changed },
    { weight: 2, arbitrary: fc.oneof(malicious, fc.jsonValue()) },
  );
}

function withChange(right: Record<string, unknown>, key: string, value: unknown): Record<string, unknown> {
  const copy = { ...right };
  if (value === undefined) delete copy[key];
  else Object.defineProperty(copy, key, { value, enumerable: true, configurable: true, writable: true });
  return copy;
}
