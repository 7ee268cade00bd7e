import { type Node, type Parsed, lineCounter, nameOf, nodeAt, nodesAt, walk } from '@tenantry/source/syntax';

/** The lines of a text, without an empty last one. */
export function countLines(text: string): number {
  return text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}

const functionTypes = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

/** A call of `describe`, `describe.each(…)` and the like, which groups tests and is no function to read whole. */
function isGroup(node: Node): boolean {
  let callee = nodeAt(node, 'callee');
  while (callee !== undefined && callee.type !== 'Identifier')
    callee = nodeAt(callee, 'object') ?? nodeAt(callee, 'callee') ?? nodeAt(callee, 'tag');
  return node.type === 'CallExpression' && nameOf(callee) === 'describe';
}

/** The lines of each function with a body in braces, by where it starts. Groups of tests are left out. */
export function functionLines({ program }: Parsed, text: string): { line: number; lines: number }[] {
  const found: { line: number; lines: number }[] = [];
  const groups = new Set<number>();
  const lineOf = lineCounter(text);
  walk(program, (node) => {
    if (isGroup(node)) for (const one of nodesAt(node, 'arguments')) groups.add(one.start);
    if (!functionTypes.has(node.type) || groups.has(node.start)) return true;
    if (nodeAt(node, 'body')?.type !== 'BlockStatement' && node.type === 'ArrowFunctionExpression')
      return true;
    const line = lineOf(node.start);
    found.push({ line, lines: lineOf(node.end - 1) - line + 1 });
    return true;
  });
  return found;
}

/** Median, 95th percentile (nearest rank) and maximum of whole numbers; zeros for none. */
export function spread(numbers: readonly number[]): { median: number; p95: number; max: number } {
  const sorted = numbers.toSorted((left, right) => left - right);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { median: at(0.5), p95: at(0.95), max: at(1) };
}
