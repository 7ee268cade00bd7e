import { type Document, type Node, isAlias, isMap, isNode, isPair, isScalar, isSeq } from 'yaml';

/**
 * Where in the text a path of keys leads, as an offset: the key of the value, or of the nearest one that is written. A
 * path through an alias or a merge key leads to where the alias is written.
 */
export function placeOf(document: Document, path: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = offsetOf(node) ?? 0;
  for (const key of path) {
    if (isAlias(node)) return offset;
    const found = isMap(node) ? memberOf(node.items, key) : undefined;
    if (found !== undefined) {
      offset = found.offset ?? offset;
      node = found.value;
    } else if (isSeq(node) && typeof key === 'number') {
      node = node.items[key];
      offset = offsetOf(node) ?? offset;
    } else return offset;
  }
  return offset;
}

/**
 * Where in the text a part of the value at a path is. Undefined without a part, and where it is not written as it reads, as
 * with escapes.
 */
export function placeOfPart(
  document: Document,
  path: readonly PropertyKey[],
  source: string,
  part: string | undefined,
): number | undefined {
  const node: unknown = document.getIn(path, true);
  if (part === undefined || !isScalar(node) || node.range == null) return undefined;
  const [start, end] = node.range;
  const place = source.indexOf(part, start);
  return place < 0 || place >= end ? undefined : place;
}

function memberOf(
  items: readonly unknown[],
  key: PropertyKey,
): { offset: number | undefined; value: unknown } | undefined {
  for (const item of items)
    if (isPair(item) && isScalar(item.key) && String(item.key.value) === String(key))
      return { offset: offsetOf(item.key), value: item.value };
  return undefined;
}

function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? startOf(node) : undefined;
}

function startOf({ range }: Node): number | undefined {
  return range?.[0];
}
