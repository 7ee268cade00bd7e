import { type JsonObject, describe, isJsonObject } from '@tenantry/rest/json-schema';

type Direction = 'input' | 'output';

/** TypeScript types of the schemas of several modules; schemas that have an id are interfaces of that name. */
export interface TypeTexts {
  /** Begins a module. */
  readonly forModule: () => ModuleTypes;
  /** The interfaces that all modules so far refer to, by name. */
  readonly interfaces: () => string;
}

/** The types of one module. */
export interface ModuleTypes {
  /** The type of what a schema takes or gives. */
  readonly of: (schema: unknown, io: Direction) => string;
  /** The names of the interfaces that the types so far name themselves. */
  readonly imports: () => string[];
}

/** What a part of a schema is read with. */
interface Reading {
  readonly io: Direction;
  readonly root: JsonObject;
  /** The interfaces of all modules. */
  readonly named: Map<string, string>;
  /** The interfaces that the text itself names. */
  readonly mentioned: Set<string>;
}

/** Collects the types of schemas. Throws for one that has no type text, and for two of one id that differ. */
export function typeTexts(): TypeTexts {
  const named = new Map<string, string>();
  return {
    forModule: () => {
      const mentioned = new Set<string>();
      return {
        of: (schema, io) => {
          const root = describe(schema, io);
          return typeOf(root, { io, root, named, mentioned });
        },
        imports: () => [...mentioned].toSorted(),
      };
    },
    interfaces: () =>
      [...named]
        .toSorted(([left], [right]) => (left < right ? -1 : 1))
        .map(([, text]) => text)
        .join('\n'),
  };
}

function typeOf(node: unknown, reading: Reading): string {
  if (!isJsonObject(node)) return 'unknown';
  if (typeof node['$ref'] === 'string') return referenceTo(node['$ref'], reading);
  const union = node['anyOf'] ?? node['oneOf'];
  if (Array.isArray(union)) return [...new Set(union.map((one) => typeOf(one, reading)))].join(' | ');
  if ('const' in node) return JSON.stringify(node['const']);
  if (Array.isArray(node['enum'])) return node['enum'].map((one) => JSON.stringify(one)).join(' | ');
  const type = node['type'];
  if (Array.isArray(type)) return type.map((one) => typeOf({ ...node, type: one }, reading)).join(' | ');
  switch (type) {
    case 'string':
      return 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'null':
      return 'null';
    case 'array':
      return `(${typeOf(node['items'], reading)})[]`;
    case 'object':
      return objectType(node, reading);
    default:
      throw new Error(`a schema that has no type text: ${JSON.stringify(node)}`);
  }
}

/** The name of a schema with an id; its interface is written when it is first met. */
function referenceTo(reference: string, reading: Reading): string {
  const { root, named, mentioned } = reading;
  const name = reference.replace('#/$defs/', '');
  const definition = isJsonObject(root['$defs']) ? root['$defs'][name] : undefined;
  if (!isJsonObject(definition)) throw new Error(`${reference} points at nothing`);
  const inside = { ...reading, mentioned: new Set<string>() };
  const text = `${comment(definition)}export interface ${name} ${objectType(definition, inside)}`;
  const known = named.get(name);
  if (known !== undefined && known !== text) throw new Error(`two schemas have the id ${name}`);
  named.set(name, text);
  mentioned.add(name);
  return name;
}

/** The description as a JSDoc comment, or nothing. */
function comment({ description }: JsonObject): string {
  if (typeof description !== 'string') return '';
  if (description.includes('*/')) throw new Error(`a description that ends its comment: ${description}`);
  return `/** ${description} */\n`;
}

function objectType(node: JsonObject, reading: Reading): string {
  const properties = isJsonObject(node['properties']) ? node['properties'] : {};
  const required = Array.isArray(node['required']) ? node['required'] : [];
  const fields = Object.entries(properties).map(([key, value]) => {
    const isOptional = !required.includes(key);
    const type = typeOf(value, reading);
    const text = `${key}${isOptional ? '?' : ''}: ${type}${isOptional ? ' | undefined' : ''}`;
    return `${isJsonObject(value) ? comment(value) : ''}${text};`;
  });
  if (fields.length > 0) return `{\n${fields.join('\n')}\n}`;
  const values = node['additionalProperties'];
  return isJsonObject(values) && 'type' in values
    ? `Record<string, ${typeOf(values, reading)}>`
    : 'Record<string, never>';
}
