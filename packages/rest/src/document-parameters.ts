import type { ComponentSet } from './components.ts';
import type { DocumentOptions } from './document-options.ts';
import { type JsonObject, isJsonObject, propertiesOf, requiredOf } from './json-schema.ts';

function oneOrAny(descriptions: readonly unknown[]): unknown {
  const distinct = [...new Map(descriptions.map((item) => [JSON.stringify(item), item])).values()];
  return distinct.length === 1 ? distinct[0] : { anyOf: distinct };
}

/** The parameters that an input is made of: those that the path names, and in a query all others. */
export function parametersOf(
  { pathKeys, inQuery }: { pathKeys: readonly string[]; inQuery: boolean },
  root: JsonObject,
  components: ComponentSet,
): JsonObject[] {
  const required = requiredOf(root);
  const found: JsonObject[] = [];
  for (const [name, descriptions] of propertiesOf(root)) {
    const place = pathKeys.includes(name) ? 'path' : 'query';
    if (place === 'query' && !inQuery) continue;
    const own = oneOrAny(descriptions);
    const about = isJsonObject(own) ? own['description'] : undefined;
    found.push({
      name,
      in: place,
      required: place === 'path' || required.has(name),
      ...(about === undefined ? {} : { description: about }),
      schema: components.embed(own, root),
    });
  }
  return found;
}

/** References to the request headers of these names. Throws for one that the document does not describe. */
export function headerParameters(
  { headers = {} }: Pick<DocumentOptions, 'headers'>,
  operation: string,
  names: readonly string[],
): JsonObject[] {
  return names.map((name) => {
    if (!Object.hasOwn(headers, name)) throw new Error(`${operation} reads the undescribed header ${name}.`);
    return { $ref: `#/components/parameters/${name}` };
  });
}
