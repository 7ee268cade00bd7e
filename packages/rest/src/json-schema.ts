import { z } from 'zod';

export type JsonObject = { readonly [key: string]: unknown };

/** Tells an object from null, arrays and primitives. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Bounds that every JSON integer has are left out: written down they would only tell tools to make examples of them.
 * A constant is a list of one, which more generators of clients tell from any value of its type.
 * The examples of an input that transforms a field are put back; zod takes them for examples of what it becomes.
 */
function adjust({ zodSchema, jsonSchema }: Adjusted): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.const !== undefined) {
    jsonSchema.enum = [jsonSchema.const];
    delete jsonSchema.const;
  }
  const examples = z.globalRegistry.get(zodSchema)?.['examples'];
  if (Array.isArray(examples)) jsonSchema.examples = examples;
  nameProperties(jsonSchema);
}

/** A record whose keys are a closed list becomes an object with these properties, which tools know. */
function nameProperties(jsonSchema: z.core.JSONSchema.BaseSchema): void {
  const { propertyNames, additionalProperties: value, properties } = jsonSchema;
  const names: unknown = isJsonObject(propertyNames) ? propertyNames['enum'] : undefined;
  if (!Array.isArray(names) || !isJsonObject(value) || properties !== undefined) return;
  jsonSchema.properties = Object.fromEntries(
    names.map((name) => [String(name), { description: `For \`${name}\`.`, ...value }]),
  );
  jsonSchema.additionalProperties = false;
  delete jsonSchema.propertyNames;
}

interface Adjusted {
  readonly zodSchema: z.core.$ZodType;
  readonly jsonSchema: z.core.JSONSchema.BaseSchema;
}

/** Describes a schema without touching it; what JSON Schema cannot say becomes the empty schema. */
export function describe(schema: unknown, io: 'input' | 'output'): JsonObject {
  if (!(schema instanceof z.core.$ZodType)) throw new Error('Only zod schemas can be described.');
  const {
    $schema: _dialect,
    '~standard': _standard,
    ...description
  } = z.toJSONSchema(schema, { io, unrepresentable: 'any', override: adjust });
  return description;
}

/** Follows `#/$defs/…` within one description. */
function resolve(schema: unknown, root: JsonObject): JsonObject {
  if (!isJsonObject(schema)) return {};
  const reference = schema['$ref'];
  if (typeof reference !== 'string') return schema;
  if (reference === '#') return root;
  const definitions = root['$defs'];
  const name = reference.replace('#/$defs/', '');
  return isJsonObject(definitions) ? resolve(definitions[name], root) : {};
}

/** The branches of a union or an intersection; empty for a plain schema. */
function branches(schema: JsonObject): readonly unknown[] {
  return ['anyOf', 'oneOf', 'allOf'].flatMap((word) => {
    const list = schema[word];
    return Array.isArray(list) ? list : [];
  });
}

/** Every property an object schema names, over all of its branches, with the descriptions it gives for each. */
export function propertiesOf(root: JsonObject): Map<string, JsonObject[]> {
  const found = new Map<string, JsonObject[]>();
  const seen = new Set<JsonObject>();
  const visit = (node: unknown): void => {
    const schema = resolve(node, root);
    if (seen.has(schema)) return;
    seen.add(schema);
    const properties = schema['properties'];
    for (const [key, value] of isJsonObject(properties) ? Object.entries(properties) : []) {
      found.set(key, [...(found.get(key) ?? []), resolve(value, root)]);
    }
    branches(schema).forEach(visit);
  };
  visit(root);
  return found;
}

/** The keys that every branch requires. */
export function requiredOf(root: JsonObject, node: unknown = root): Set<string> {
  const schema = resolve(node, root);
  const own = Array.isArray(schema['required']) ? schema['required'].map(String) : [];
  const all = Array.isArray(schema['allOf'])
    ? schema['allOf'].flatMap((branch) => [...requiredOf(root, branch)])
    : [];
  const unions = [schema['anyOf'], schema['oneOf']]
    .filter(Array.isArray)
    .map((union) =>
      union
        .map((branch) => requiredOf(root, branch))
        .reduce<Set<string> | undefined>(
          (kept, next) => (kept ? new Set([...kept].filter((key) => next.has(key))) : next),
          undefined,
        ),
    );
  return new Set([...own, ...all, ...unions.flatMap((keys) => [...(keys ?? [])])]);
}

function typeOfValue(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** The JSON types a schema admits; an empty set means that it does not say. */
export function typesOf(node: unknown, root: JsonObject, depth = 0): Set<string> {
  const schema = resolve(node, root);
  const type = schema['type'];
  if (typeof type === 'string') return new Set([type]);
  if (Array.isArray(type)) return new Set(type.map(String));
  if ('const' in schema) return new Set([typeOfValue(schema['const'])]);
  if (Array.isArray(schema['enum'])) return new Set(schema['enum'].map(typeOfValue));
  if (depth > 8) return new Set();
  return new Set(branches(schema).flatMap((branch) => [...typesOf(branch, root, depth + 1)]));
}
