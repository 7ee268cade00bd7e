import { type Document, type Node, isAlias, isMap, isNode, isPair, isScalar, isSeq, visit } from 'yaml';

/** The most values of a file once its aliases and merge keys are written out. A catalogue of 1,000 plans has fewer. */
const valuesMax = 500_000;
/** The most aliases and merge keys of a file: each is looked for among the others. */
const aliasesMax = 10_000;

/**
 * What makes a file too large once its aliases are written out, or undefined. It reads each node once, so that a short file
 * that would become a long one is not written out to be counted.
 */
export function faultOfExpansion(document: Document.Parsed): string | undefined {
  let aliases = 0;
  visit(document, { Alias: () => void (aliases += 1) });
  if (aliases > aliasesMax) return `The file has ${aliases} aliases; the most are ${aliasesMax}.`;
  const size = sizeOf(document.contents, new Map(), new Map());
  if (size <= valuesMax) return undefined;
  return Number.isFinite(size)
    ? `The file has ${size} values with its aliases written out; the most are ${valuesMax}.`
    : 'The aliases of the file cannot be resolved: one of them stands inside of what it names.';
}

/** How many values a node becomes. An alias of a node that is not done yet never ends. */
function sizeOf(node: unknown, anchors: Map<string, Node>, sizes: Map<Node, number>): number {
  if (isAlias(node)) {
    const source = anchors.get(node.source);
    return source === undefined ? 1 : (sizes.get(source) ?? Number.POSITIVE_INFINITY);
  }
  if (isPair(node)) return sizeOf(node.key, anchors, sizes) + sizeOf(node.value, anchors, sizes);
  if (!isNode(node)) return 1;
  const anchor = 'anchor' in node && typeof node.anchor === 'string' ? node.anchor : undefined;
  if (anchor !== undefined) anchors.set(anchor, node);
  let size = 1;
  if (isMap(node) || isSeq(node)) for (const item of node.items) size += sizeOf(item, anchors, sizes);
  if (anchor !== undefined) sizes.set(node, size);
  return size;
}

/** The keys that a map has twice, with where the second is. The parser compares each key with each, which takes too long. */
export function repeatedKeys(document: Document.Parsed): { name: string; offset: number }[] {
  const repeated: { name: string; offset: number }[] = [];
  visit(document, {
    Map: (_key, { items }) => {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key) || key.value === '<<' || typeof key.value === 'symbol') continue;
        if (seen.has(key.value)) repeated.push({ name: String(key.value), offset: key.range?.[0] ?? 0 });
        seen.add(key.value);
      }
    },
  });
  return repeated;
}
