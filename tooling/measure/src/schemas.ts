import { type Node, lineCounter, nameOf, nodeAt, nodesAt, parseModule, walk } from '@tenantry/source/syntax';

/** A schema that stands in more than one place. */
export interface Twice {
  readonly what: string;
  /** `path:line` of each place. */
  readonly places: readonly string[];
}

interface Schema {
  readonly text: string;
  /** The keys of an object schema, sorted; undefined for other schemas and for objects with few keys. */
  readonly keys: string | undefined;
  readonly place: string;
  /** The schema around it, if one is. */
  readonly around: Schema | undefined;
}

const charactersMin = 40;
const keysMin = 4;
const objectMakers = new Set(['object', 'strictObject', 'looseObject']);

/** The name that a chain of calls and accesses begins with: `z` of `z.string().min(1)`. */
function rootOf(node: Node | undefined): string {
  if (node?.type === 'CallExpression') return rootOf(nodeAt(node, 'callee'));
  if (node?.type === 'MemberExpression') return rootOf(nodeAt(node, 'object'));
  return node?.type === 'Identifier' ? nameOf(node) : '';
}

/** The keys of the object that a schema's chain begins with. */
function keysOf(node: Node, text: string): readonly string[] {
  const callee = nodeAt(node, 'callee');
  if (node.type !== 'CallExpression' || callee?.type !== 'MemberExpression') return [];
  if (!objectMakers.has(nameOf(nodeAt(callee, 'property')))) {
    const before = nodeAt(callee, 'object');
    return before === undefined ? [] : keysOf(before, text);
  }
  return nodesAt(nodesAt(node, 'arguments')[0], 'properties').map((one) => {
    const key = nodeAt(one, 'key');
    return key === undefined ? text.slice(one.start, one.end) : nameOf(key);
  });
}

const normalised = (text: string): string => text.replaceAll(/\s+/g, '').replaceAll(/,(?=[)}\]])/g, '');

function schemasOf(path: string, text: string): Schema[] {
  const schemas: Schema[] = [];
  const lineOf = lineCounter(text);
  const collect = (tree: unknown, around: Schema | undefined): void =>
    walk(tree, (node) => {
      if (node.type !== 'CallExpression' || rootOf(node) !== 'z') return true;
      const keys = keysOf(node, text);
      const schema: Schema = {
        text: normalised(text.slice(node.start, node.end)),
        keys: keys.length < keysMin ? undefined : keys.toSorted().join(', '),
        place: `${path}:${lineOf(node.start)}`,
        around,
      };
      schemas.push(schema);
      for (let link: Node | undefined = node; link !== undefined; ) {
        for (const one of nodesAt(link, 'arguments')) collect(one, schema);
        const callee: Node | undefined = nodeAt(link, 'callee');
        link = nodeAt(callee, 'object') ?? (callee?.type === 'CallExpression' ? callee : undefined);
      }
      return false;
    });
  collect(parseModule(path, text).program, undefined);
  return schemas;
}

function groupsOf(
  schemas: readonly Schema[],
  by: (one: Schema) => string | undefined,
): Map<string, Schema[]> {
  const groups = new Map<string, Schema[]>();
  for (const schema of schemas) {
    const key = by(schema);
    if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), schema]);
  }
  return groups;
}

/**
 * Finds schemas that stand twice: the same text of at least 40 characters, or objects with the same four or more keys.
 * What stands inside a schema that is already reported is left out.
 */
export function schemasThatStandTwice(modules: ReadonlyMap<string, string>): Twice[] {
  const schemas = [...modules].flatMap(([path, text]) => schemasOf(path, text));
  const byText = groupsOf(schemas, ({ text }) => (text.length < charactersMin ? undefined : text));
  const byKeys = groupsOf(schemas, ({ keys }) => keys);
  const isTwice = ({ text, keys }: Schema): boolean =>
    (byText.get(text)?.length ?? 0) > 1 || (keys !== undefined && (byKeys.get(keys)?.length ?? 0) > 1);
  const isInside = ({ around }: Schema): boolean =>
    around !== undefined && (isTwice(around) || isInside(around));
  const twice: Twice[] = [];
  const report = (what: string, group: readonly Schema[]) => {
    if (group.length > 1 && !group.every(isInside))
      twice.push({ what, places: group.map(({ place }) => place) });
  };
  for (const [keys, group] of byKeys) report(`an object with ${keys}`, group);
  for (const [text, group] of byText)
    if (group.every(({ keys }) => keys === undefined || (byKeys.get(keys)?.length ?? 0) < 2))
      report(text, group);
  return twice;
}
