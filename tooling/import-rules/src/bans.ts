import { isSafePattern } from 'redos-detector';
import type { Ban } from './rules.ts';

/** A node of the syntax tree, as the parser gives it. */
export interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** Tells a syntax node from the other values in a tree. */
export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

const nodeAt = (node: Node, key: string): Node | undefined => {
  const value = node[key];
  return isNode(value) ? value : undefined;
};
/** The name of an identifier, or of a key written as a text. */
function nameOf(node: Node | undefined): string {
  const name = node?.type === 'Literal' ? node['value'] : node?.['name'];
  return typeof name === 'string' ? name : '';
}
const argumentsOf = (node: Node): unknown[] => (Array.isArray(node['arguments']) ? node['arguments'] : []);

/** `object.property` of a call or an access, as far as it is written out. */
function memberOf(node: Node | undefined): { object: string; property: string } | undefined {
  if (node?.type !== 'MemberExpression') return undefined;
  return { object: nameOf(nodeAt(node, 'object')), property: nameOf(nodeAt(node, 'property')) };
}

const calledMethod = (node: Node): string =>
  node.type === 'CallExpression' ? (memberOf(nodeAt(node, 'callee'))?.property ?? '') : '';

const ormExits = new Set([
  'createQueryBuilder',
  'getConnection',
  'getKysely',
  'getReference',
  'merge',
  'nativeDelete',
  'nativeUpdate',
  'upsert',
  'upsertMany',
]);
const books = new Set(['granted', 'available', 'held', 'spent', 'expired', 'balance', 'credits']);

/** SQL that is put together where it is sent. */
function isBuiltSql(node: Node): boolean {
  if (calledMethod(node) !== 'execute' && calledMethod(node) !== 'query') return false;
  const [sql] = argumentsOf(node);
  if (!isNode(sql)) return false;
  if (sql.type === 'BinaryExpression') return true;
  return sql.type === 'TemplateLiteral' && Array.isArray(sql['expressions']) && sql['expressions'].length > 0;
}

function readsClock(node: Node): boolean {
  if (node.type === 'NewExpression')
    return nameOf(nodeAt(node, 'callee')) === 'Date' && argumentsOf(node).length === 0;
  const member = node.type === 'CallExpression' ? memberOf(nodeAt(node, 'callee')) : undefined;
  return member?.object === 'Date' && member.property === 'now';
}

function leavesOrm(node: Node): boolean {
  if (ormExits.has(calledMethod(node))) return true;
  if (node.type !== 'Property') return false;
  const value = nodeAt(node, 'value');
  const off = value?.type === 'Literal' && value['value'] === false;
  return off && ['filters', 'clear', 'tenant'].includes(nameOf(nodeAt(node, 'key')));
}

function changesBook(node: Node): boolean {
  const isSum = node.type === 'AssignmentExpression' && node['operator'] !== '=';
  const target =
    node.type === 'UpdateExpression' ? nodeAt(node, 'argument') : isSum ? nodeAt(node, 'left') : undefined;
  return books.has(memberOf(target)?.property ?? '');
}

/** A regular expression that some text makes try more ways than a bounded number for each of its characters. */
function isSlowPattern({ type, regex }: Node): boolean {
  if (type !== 'Literal' || typeof regex !== 'object' || regex === null) return false;
  if (!('pattern' in regex && 'flags' in regex)) return false;
  const flags = String(regex.flags);
  return !isSafePattern(String(regex.pattern), {
    caseInsensitive: flags.includes('i'),
    unicode: flags.includes('u'),
    dotAll: flags.includes('s'),
    multiLine: flags.includes('m'),
    timeout: 5000,
  }).safe;
}

/** How each ban is seen in the syntax tree, one node at a time. */
export const banned: Readonly<Record<Ban, (node: Node) => boolean>> = {
  async: (node) => node['async'] === true || node.type === 'AwaitExpression',
  clock: readsClock,
  environment: (node) => {
    const member = memberOf(node);
    return member?.object === 'process' && member.property === 'env';
  },
  sql: (node) => calledMethod(node) === 'execute',
  built_sql: isBuiltSql,
  orm_exits: leavesOrm,
  balance_arithmetic: changesBook,
  slow_pattern: isSlowPattern,
};
