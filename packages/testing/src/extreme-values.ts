import { isJsonObject } from '@tenantry/rest/json-schema';

/** Times at the edges of the calendar, of a day, of an offset and of what a database keeps of a second. */
const extremeTimes = [
  '0001-01-01T00:00:00Z',
  '0001-01-01T00:00:00.001Z',
  '0001-01-02T00:00:00+23:59',
  '0001-01-31T00:00:00Z',
  '0002-02-05T00:00:00Z',
  '0099-12-31T23:59:59Z',
  '1582-10-10T00:00:00Z',
  '1883-11-18T12:00:00-04:56',
  '1900-02-28T23:59:59.999Z',
  '1970-01-01T00:00:00Z',
  '2000-02-29T00:00:00Z',
  '2016-12-31T23:59:59Z',
  '2016-12-31T23:59:60Z',
  '2026-03-01T24:00:00Z',
  '2026-03-01T10:30:00+23:59',
  '2026-03-01T10:30:00-23:59',
  '2026-03-01T10:30:00-16:00',
  '2026-03-01T10:30:00-00:00',
  '2026-03-01T10:30:00.123456789Z',
  '2026-03-01T10:30:00.999999999999999999999Z',
  '2026-03-01T10:30Z',
  '2038-01-19T03:14:08Z',
  '2100-02-28T00:00:00Z',
  '9999-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '9999-12-31T00:00:00-23:59',
  '9999-12-30T23:59:59.999999-23:59',
  '9999-12-31T23:59:59+23:59',
  '0000-01-01T00:00:00Z',
  '0000-12-31T23:59:59-23:59',
  '+010000-01-01T00:00:00Z',
  '-000001-01-01T00:00:00Z',
];

const extremeIds = [
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
  '0198F000-0000-7000-8000-00000000FFFF',
];

const extremeNumbers = [
  1,
  0,
  -1,
  2 ** 15,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 32,
  2 ** 53 - 1,
  -(2 ** 53) + 1,
];

/** Texts that are stored and compared in more than one way, each as long as asked. */
const fillings = ['a', '😀', '\u0301', '\u{10FFFF}', '\uFFFF', "'", '\\', '"'];

const filled = (filling: string, length: number): string =>
  filling.repeat(Math.floor(length / filling.length)) + 'a'.repeat(length % filling.length);

const cursors = ['1', '9007199254740991', '9999999999999999', ...extremeIds.slice(0, 2)].map((key) =>
  Buffer.from(key).toString('base64url'),
);

const textsMax = 100_000;

/** The extreme values of a JSON schema: its bounds, what stands just inside them, and what a database may take otherwise. */
export function extremesOf(schema: unknown, name = ''): unknown[] {
  if (!isJsonObject(schema)) return [];
  if (name === 'cursor') return cursors;
  const union = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(union)) return union.flatMap((one) => extremesOf(one));
  if (Array.isArray(schema['enum'])) return schema['enum'];
  switch (schema['type']) {
    case 'null':
      return [null];
    case 'boolean':
      return [true, false];
    case 'integer':
    case 'number':
      return numbersOf(schema);
    case 'string':
      return textsOf(schema);
    case 'array':
      return arraysOf(schema);
    case 'object':
      return objectsOf(schema);
    default:
      return [];
  }
}

function numbersOf({ minimum, maximum }: Readonly<Record<string, unknown>>): unknown[] {
  const [low, high] = [
    Number(minimum ?? Number.MIN_SAFE_INTEGER),
    Number(maximum ?? Number.MAX_SAFE_INTEGER),
  ];
  return [low, low + 1, high - 1, high, ...extremeNumbers.filter((value) => value >= low && value <= high)];
}

function textsOf({ format, minLength, maxLength }: Readonly<Record<string, unknown>>): unknown[] {
  if (format === 'date-time') return extremeTimes;
  if (format === 'uuid') return extremeIds;
  const [short, long] = [Number(minLength ?? 1), Math.min(textsMax, Number(maxLength ?? 200))];
  if (format === 'uri')
    return [`https://a.example/${'a'.repeat(long - 18)}`, 'https://[::1]:65535/', 'https://xn--/'];
  return [
    ...fillings.flatMap((filling) => [filled(filling, short), filled(filling, long)]),
    `${'a'.repeat(Math.max(0, long - 12))}@example.org`,
    '0.0.0.0/0',
    '::/0',
    'USD',
    'XXX',
  ];
}

function arraysOf({ items, minItems, maxItems }: Readonly<Record<string, unknown>>): unknown[] {
  const values = extremesOf(items);
  const long = Math.min(200, Number(maxItems ?? 50));
  const short = Math.max(0, Number(minItems ?? 0));
  const of = (length: number) => Array.from({ length }, (_, index) => values[index % values.length]);
  return [of(short), of(1), [...new Set(values)].slice(0, long), of(long)];
}

function objectsOf({ additionalProperties, properties }: Readonly<Record<string, unknown>>): unknown[] {
  if (isJsonObject(properties)) return shapesOf(properties);
  const values = extremesOf(additionalProperties);
  return [0, 1, 20].map((length) =>
    Object.fromEntries(
      Array.from({ length }, (_, index) => [
        filled(fillings[index % fillings.length] ?? 'a', 47) + String(index).padStart(2, '0'),
        values[index % values.length],
      ]),
    ),
  );
}

/** How many objects of one shape are made: each has another extreme of each of its fields. */
const shapesMax = 4;

function shapesOf(properties: Readonly<Record<string, unknown>>): unknown[] {
  const fields = Object.entries(properties).map(([key, one]) => [key, extremesOf(one, key)] as const);
  return Array.from({ length: shapesMax }, (_none, place) =>
    Object.fromEntries(
      fields.flatMap(([key, values]) => (values.length === 0 ? [] : [[key, values[place % values.length]]])),
    ),
  );
}
