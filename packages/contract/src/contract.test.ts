import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

type JsonObject = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface Exported {
  name: string;
  schema: z.ZodType;
  io: 'input' | 'output';
}

const files = globSync('*.ts', { cwd: import.meta.dirname }).filter((file) => !file.endsWith('.test.ts'));

/** Every exported schema; those of inputs are named so, and all others are outputs or parts of one. */
const schemas: Exported[] = [];
for (const file of files) {
  const module: Record<string, unknown> = await import(join(import.meta.dirname, file));
  for (const [name, value] of Object.entries(module))
    if (value instanceof z.ZodType)
      schemas.push({
        name: `${file} ${name}`,
        schema: value,
        io: /Input$|^nothing$/.test(name) ? 'input' : 'output',
      });
}

/** A node of a JSON schema with the path to it; a property's node has its key at the end. */
interface Place {
  path: string;
  key: string | undefined;
  node: JsonObject;
}

function placesOf(node: unknown, path: string, key?: string): Place[] {
  if (!isObject(node)) return [];
  const own = [{ path, key, node }];
  const parts = ['anyOf', 'oneOf', 'allOf'].flatMap((word) => {
    const list = node[word];
    return Array.isArray(list) ? list.flatMap((one: unknown) => placesOf(one, path, key)) : [];
  });
  const children = ['properties', '$defs'].flatMap((word) => {
    const map = node[word];
    return isObject(map)
      ? Object.entries(map).flatMap(([name, one]) =>
          placesOf(one, `${path}.${name}`, word === 'properties' ? name : undefined),
        )
      : [];
  });
  const items = ['items', 'additionalProperties'].flatMap((word) => placesOf(node[word], `${path}[]`));
  return [...own, ...parts, ...children, ...items];
}

const described = schemas.map(({ name, schema, io }) => ({
  name,
  json: z.toJSONSchema(schema, { io, unrepresentable: 'any' }),
}));
const places = described.flatMap(({ name, json }) => placesOf(json, name));
const pathsOf = (found: readonly Place[]) => [...new Set(found.map(({ path }) => path))];

describe('every schema of the contract', () => {
  it('is seen by this test', () => {
    expect(files.length).toBeGreaterThan(30);
    expect(schemas.filter(({ io }) => io === 'input').length).toBeGreaterThan(40);
    expect(schemas.filter(({ io }) => io === 'output').length).toBeGreaterThan(40);
  });

  it('describes each of its fields', () => {
    const fields = described.flatMap(({ name, json }) =>
      placesOf(json, name).flatMap(({ path, node }) =>
        isObject(node['properties'])
          ? Object.entries(node['properties']).map(([key, field]) => ({
              path: `${path}.${key}`,
              field,
              json,
            }))
          : [],
      ),
    );
    const isDescribed = (field: unknown, json: JsonObject): boolean => {
      if (!isObject(field)) return false;
      if (typeof field['description'] === 'string') return /[.)]$/.test(field['description']);
      const [, name] = /^#\/\$defs\/(.+)$/.exec(String(field['$ref'])) ?? [];
      const definitions = json['$defs'];
      if (name !== undefined && isObject(definitions)) return isDescribed(definitions[name], json);
      // A field that may be null has its description in the branch that is not.
      return Array.isArray(field['anyOf']) && field['anyOf'].some((one: unknown) => isDescribed(one, json));
    };
    expect(fields.length).toBeGreaterThan(200);
    expect(fields.filter(({ field, json }) => !isDescribed(field, json)).map(({ path }) => path)).toEqual([]);
  });

  it('bounds each integer on both sides; only usage and previews can be negative without a bound of their own', () => {
    const integers = places.filter(({ node }) => node['type'] === 'integer');
    expect(integers.length).toBeGreaterThan(60);
    const open = integers.filter(
      ({ node: { minimum, maximum } }) =>
        typeof minimum !== 'number' || typeof maximum !== 'number' || minimum === -Number.MAX_SAFE_INTEGER,
    );
    expect(
      pathsOf(open).filter(
        (path) =>
          !/^(?:usage|overview)\.ts|^staff-payment\.ts transferPreview|signedCredits$|^webhook-message\.ts .*\.amount$/.test(
            path,
          ),
      ),
    ).toEqual([]);
  });

  it('has a date-time in each field that ends in At, and a uuid in each that ends in Id', () => {
    const named = (pattern: RegExp) =>
      places.filter(({ key, node }) => pattern.test(key ?? '') && node['type'] === 'string');
    const [times, ids] = [named(/(?:^a|A)t$|^periodStart$|^periodEnd$|^until$/), named(/(?:^i|I)d$/)];
    expect(times.length).toBeGreaterThan(20);
    expect(ids.length).toBeGreaterThan(40);
    expect(pathsOf(times.filter(({ node }) => node['format'] !== 'date-time'))).toEqual([]);
    // These are ids of others, or of a request.
    const foreign =
      /\.(?:externalId|externalPaymentId|bankId|endToEndId|stripeSubscriptionId|requestId|taxId)$/;
    expect(
      pathsOf(ids.filter(({ node }) => node['format'] !== 'uuid')).filter((path) => !foreign.test(path)),
    ).toEqual([]);
  });

  it('refuses unknown keys in every input', () => {
    const loose = described.filter(
      ({ name, json }) => name.endsWith('Input') && json['additionalProperties'] !== false,
    );
    expect(loose.map(({ name }) => name)).toEqual([]);
  });

  it('has an example that parses as it is shown, where it is a component', () => {
    const components = schemas.filter(({ schema }) => schema.meta()?.id !== undefined);
    expect(components.length).toBeGreaterThan(35);
    for (const { name, schema } of components) {
      const examples = schema.meta()?.examples;
      expect([name, Array.isArray(examples) && examples.length]).toEqual([name, 1]);
      for (const example of Array.isArray(examples) ? examples : [])
        expect([name, schema.parse(example)]).toEqual([name, example]);
    }
  });

  // The bytes of a file have no example in JSON.
  const isFile = (key: string) => key === 'file';

  it('has examples that parse, and one for each input that must name two things', () => {
    for (const { name, schema, io } of schemas) {
      const examples = schema.meta()?.examples;
      for (const example of Array.isArray(examples) ? examples : [])
        expect([name, schema.safeParse(example).error?.issues]).toEqual([name, undefined]);
      const required = z.toJSONSchema(schema, { io, unrepresentable: 'any' }).required ?? [];
      if (io === 'input' && required.some((key) => !key.endsWith('Id') && !isFile(key)))
        expect([name, Array.isArray(examples)]).toEqual([name, true]);
    }
  });

  it('has an id of its own as a component, which no input has', () => {
    const ids = schemas.flatMap(({ schema, io }) => {
      const id = schema.meta()?.id;
      return id === undefined ? [] : [{ id, io }];
    });
    expect(new Set(ids.map(({ id }) => id)).size).toBe(ids.length);
    expect(ids.filter(({ io }) => io === 'input')).toEqual([]);
  });
});
