import { type JsonObject, describe, isJsonObject } from '@tenantry/rest/json-schema';

/** The TypeScript type of what a schema takes or gives, as text. */
export function typeText(schema: unknown, io: 'input' | 'output'): string {
  return typeOf(describe(schema, io), io);
}

function typeOf(node: unknown, io: 'input' | 'output'): string {
  if (!isJsonObject(node)) return 'unknown';
  const union = node['anyOf'] ?? node['oneOf'];
  if (Array.isArray(union)) return [...new Set(union.map((one) => typeOf(one, io)))].join(' | ');
  if ('const' in node) return JSON.stringify(node['const']);
  if (Array.isArray(node['enum'])) return node['enum'].map((one) => JSON.stringify(one)).join(' | ');
  const type = node['type'];
  if (Array.isArray(type)) return type.map((one) => typeOf({ ...node, type: one }, io)).join(' | ');
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
      return `(${typeOf(node['items'], io)})[]`;
    case 'object':
      return objectType(node, io);
    default:
      throw new Error(`a schema that has no type text: ${JSON.stringify(node)}`);
  }
}

function objectType(node: JsonObject, io: 'input' | 'output'): string {
  const properties = isJsonObject(node['properties']) ? node['properties'] : {};
  const required = Array.isArray(node['required']) ? node['required'] : [];
  const fields = Object.entries(properties).map(([key, value]) => {
    const isOptional = !required.includes(key);
    const type = typeOf(value, io);
    return `${key}${isOptional ? '?' : ''}: ${type}${isOptional ? ' | undefined' : ''}`;
  });
  if (fields.length > 0) return `{ ${fields.join('; ')} }`;
  const values = node['additionalProperties'];
  return isJsonObject(values) && 'type' in values
    ? `Record<string, ${typeOf(values, io)}>`
    : 'Record<string, never>';
}
