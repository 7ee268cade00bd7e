import { isJsonObject, type JsonObject } from './json-schema.ts';

export interface ComponentSet {
  /** Rewrites a schema's own `#/$defs/…` to components of the document and returns it without them. */
  readonly embed: (schema: unknown, root: JsonObject) => unknown;
  readonly all: () => JsonObject;
}

function rewrite(node: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(node)) return node.map((item: unknown) => rewrite(item, names));
  if (!isJsonObject(node)) return node;
  const entries = Object.entries(node).filter(([key]) => key !== '$defs');
  return Object.fromEntries(
    entries.map(([key, value]) => {
      if (key !== '$ref' || typeof value !== 'string') return [key, rewrite(value, names)];
      const name = names.get(value);
      if (name === undefined)
        throw new Error(`Give the recursive schema an id: ${value} cannot be embedded.`);
      return [key, `#/components/schemas/${name}`];
    }),
  );
}

/** What a definition says, with all that it refers to: two of one source describe the same. */
function sourceOf(key: string, definitions: JsonObject): string {
  const reached = new Set([key]);
  // A set that grows while it is walked is walked to its end.
  for (const one of reached)
    for (const rest of JSON.stringify(definitions[one] ?? {})
      .split('"#/$defs/')
      .slice(1))
      reached.add(rest.slice(0, rest.indexOf('"')));
  return JSON.stringify([...reached].map((one) => [one, definitions[one]]));
}

/** Collects named schemas. Two of one name and different content get different names, so none describes the other. */
export function componentSet(initial: JsonObject): ComponentSet {
  const schemas: Record<string, unknown> = { ...initial };
  const sources = new Map<string, string>(Object.keys(initial).map((name) => [name, '']));

  const nameFor = (wanted: string, source: string): string => {
    const clean = wanted.replaceAll(/[^A-Za-z0-9._-]/g, '_');
    for (let count = 1; ; count += 1) {
      const name = count === 1 ? clean : `${clean}${count}`;
      const taken = sources.get(name);
      if (taken === undefined || taken === source) return name;
    }
  };

  const embed = (schema: unknown, root: JsonObject): unknown => {
    const definitions = isJsonObject(root['$defs']) ? root['$defs'] : {};
    const names = new Map<string, string>();
    for (const key of Object.keys(definitions)) {
      const source = sourceOf(key, definitions);
      const name = nameFor(key, source);
      sources.set(name, source);
      names.set(`#/$defs/${key}`, name);
    }
    for (const [key, definition] of Object.entries(definitions)) {
      const name = names.get(`#/$defs/${key}`);
      if (name !== undefined) schemas[name] ??= rewrite(definition, names);
    }
    return rewrite(schema, names);
  };
  return { embed, all: () => schemas };
}
