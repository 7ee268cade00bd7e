import { type Comment, type EcmaScriptModule, type Program, parseSync } from 'oxc-parser';

/** A node of the syntax tree, as the parser gives it. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** A parsed module. Offsets count UTF-16 units from the start of the text. */
export interface Parsed {
  readonly program: Program;
  readonly comments: readonly Comment[];
  readonly module: EcmaScriptModule;
  readonly hasErrors: boolean;
}

/** Parses one module. A module with errors has an incomplete tree; `hasErrors` says so. */
export function parseModule(path: string, text: string): Parsed {
  const { program, comments, module, errors } = parseSync(path, text);
  return { program, comments, module, hasErrors: errors.length > 0 };
}

/** Tells a syntax node from the other values in a tree. */
export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** The node under a key, if a node stands there. */
export function nodeAt(node: Node | undefined, key: string): Node | undefined {
  const value = node?.[key];
  return isNode(value) ? value : undefined;
}

/** The nodes of the list under a key. */
export function nodesAt(node: Node | undefined, key: string): readonly Node[] {
  const value = node?.[key];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** The name of an identifier, or of a key written as a string; otherwise an empty string. */
export function nameOf(node: Node | undefined): string {
  const name = node?.type === 'Literal' ? node['value'] : node?.['name'];
  return typeof name === 'string' ? name : '';
}

/** Calls `visit` for each node of a tree, parents first. `visit` answers false to leave out a node's children. */
export function walk(tree: unknown, visit: (node: Node) => boolean | undefined): void {
  if (Array.isArray(tree)) {
    for (const one of tree) walk(one, visit);
    return;
  }
  if (!isNode(tree) || visit(tree) === false) return;
  for (const value of Object.values(tree)) if (typeof value === 'object') walk(value, visit);
}

/** Answers the line, from 1, of an offset in a text. */
export function lineCounter(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}
