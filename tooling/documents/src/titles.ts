import { listFiles, readFiles } from '@tenantry/source/files';
import { type Node, isNode, nameOf, nodeAt, nodesAt, parseModule } from '@tenantry/source/syntax';

/** A test with its whole title: the titles of the groups around it, then its own, joined by spaces. */
export interface TestTitle {
  readonly file: string;
  readonly title: string;
}

/** What a call makes: `it`, `it.each(…)`, `test`, `describe.each(…)`; otherwise an empty string. */
function makerOf(call: Node): string {
  let callee = nodeAt(call, 'callee');
  while (callee !== undefined && callee.type !== 'Identifier')
    callee = nodeAt(callee, 'object') ?? nodeAt(callee, 'callee') ?? nodeAt(callee, 'tag');
  return nameOf(callee);
}

/** A title as the source has it; the parts of a template that are computed are shown as `…`. */
function textOf(node: Node | undefined): string | undefined {
  if (node?.type === 'Literal' && typeof node['value'] === 'string') return node['value'];
  if (node?.type !== 'TemplateLiteral') return undefined;
  return nodesAt(node, 'quasis')
    .map(({ value }) =>
      typeof value === 'object' && value !== null && 'cooked' in value ? String(value.cooked) : '',
    )
    .join('…');
}

function collect(tree: unknown, groups: readonly string[], add: (title: string) => void): void {
  if (Array.isArray(tree)) {
    for (const one of tree) collect(one, groups, add);
    return;
  }
  if (!isNode(tree)) return;
  const isCall = tree.type === 'CallExpression';
  const [first, ...others] = isCall ? nodesAt(tree, 'arguments') : [];
  const title = textOf(first);
  const maker = isCall ? makerOf(tree) : '';
  if (title !== undefined && (maker === 'it' || maker === 'test')) add([...groups, title].join(' '));
  else if (title !== undefined && maker === 'describe') collect(others, [...groups, title], add);
  else for (const value of Object.values(tree)) collect(value, groups, add);
}

/** The titles of the tests of one file, in the order of the source. */
export function titlesIn(file: string, source: string): TestTitle[] {
  const titles: TestTitle[] = [];
  collect(parseModule(file, source).program, [], (title) => titles.push({ file, title }));
  return titles;
}

/** The titles of every test of the clone. */
export function testTitles(): TestTitle[] {
  const files = readFiles(listFiles('{apps,packages,tooling}/*/src/**/*.test.ts'));
  return [...files].flatMap(([file, source]) => titlesIn(file, source));
}
