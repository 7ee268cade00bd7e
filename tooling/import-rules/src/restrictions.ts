import { type Node, nameOf, nodeAt, nodesAt } from '@tenantry/source/syntax';
import { isSafePattern } from 'redos-detector';
import type { Restriction } from './rules.ts';

const firstArgument = (node: Node): Node | undefined => nodesAt(node, 'arguments')[0];

/** `object.property` of a call or an access, as far as the source names it. */
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
const balanceFields = new Set(['granted', 'available', 'held', 'spent', 'expired', 'balance', 'credits']);

const sqlTypes = new Set(['Literal', 'TemplateLiteral', 'BinaryExpression', 'Identifier']);

/** The form `{ text, values }` of a statement, as pg takes it. */
const isStatement = (node: Node | undefined): boolean =>
  node?.type === 'ObjectExpression' &&
  nodesAt(node, 'properties').some((one) => nameOf(nodeAt(one, 'key')) === 'text');

/** A statement that is sent where it stands. tRPC's `.query(handler)` and `.query({ input })` send none. */
function sendsSql(node: Node): boolean {
  const method = calledMethod(node);
  if (method !== 'query') return method === 'execute';
  const sent = firstArgument(node);
  return sqlTypes.has(sent?.type ?? '') || isStatement(sent);
}

/** A statement whose text is put together where it is sent. */
function buildsSql(node: Node): boolean {
  if (calledMethod(node) !== 'execute' && calledMethod(node) !== 'query') return false;
  const sql = firstArgument(node);
  if (sql?.type === 'BinaryExpression') return true;
  return (
    sql?.type === 'TemplateLiteral' && Array.isArray(sql['expressions']) && sql['expressions'].length > 0
  );
}

function readsClock(node: Node): boolean {
  if (node.type === 'NewExpression')
    return nameOf(nodeAt(node, 'callee')) === 'Date' && firstArgument(node) === undefined;
  const member = node.type === 'CallExpression' ? memberOf(nodeAt(node, 'callee')) : undefined;
  return member?.object === 'Date' && member.property === 'now';
}

function readsRandomness(node: Node): boolean {
  const member = memberOf(node);
  return member?.object === 'crypto' || (member?.object === 'Math' && member.property === 'random');
}

/** `tx.em`, or `{ em }` in a pattern or an object. */
function usesEntityManager(node: Node): boolean {
  if (node.type === 'Property') return nameOf(nodeAt(node, 'key')) === 'em';
  return node.type === 'MemberExpression' && memberOf(node)?.property === 'em';
}

/** A method of the ORM that skips its filters, or an option that switches them off. */
function leavesOrm(node: Node): boolean {
  if (ormExits.has(calledMethod(node))) return true;
  if (node.type !== 'Property') return false;
  const value = nodeAt(node, 'value');
  const off = value?.type === 'Literal' && value['value'] === false;
  return off && ['filters', 'clear', 'tenant'].includes(nameOf(nodeAt(node, 'key')));
}

function changesBalance(node: Node): boolean {
  const isSum = node.type === 'AssignmentExpression' && node['operator'] !== '=';
  const target =
    node.type === 'UpdateExpression' ? nodeAt(node, 'argument') : isSum ? nodeAt(node, 'left') : undefined;
  return balanceFields.has(memberOf(target)?.property ?? '');
}

/** A regular expression that for some input tries an unbounded number of ways for each character. */
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

/** How the check recognises each restriction's breach in the syntax tree, one node at a time. */
export const isBreach: Readonly<Record<Restriction, (node: Node) => boolean>> = {
  async: (node) => node['async'] === true || node.type === 'AwaitExpression',
  clock: readsClock,
  randomness: readsRandomness,
  environment: (node) => {
    const member = memberOf(node);
    return member?.object === 'process' && member.property === 'env';
  },
  raw_sql: sendsSql,
  built_sql: buildsSql,
  entity_manager: usesEntityManager,
  orm_exits: leavesOrm,
  balance_arithmetic: changesBalance,
  slow_pattern: isSlowPattern,
};

/** What each restriction says, for the line of a breach. */
export const meaning: Readonly<Record<Restriction, string>> = {
  async: 'is synchronous',
  clock: 'takes the time as an argument and reads no clock',
  randomness: 'uses no random values',
  environment: 'reads no process.env; packages/config does',
  raw_sql: 'sends SQL only through rows() of @tenantry/db/sql or a connection of the ledger',
  built_sql: 'sends only constant SQL texts',
  entity_manager: 'uses no EntityManager; packages/db and packages/ledger do',
  orm_exits: 'uses no method of the ORM that skips its filters',
  balance_arithmetic: 'changes no balance by arithmetic',
  slow_pattern: 'has no regular expression that takes more than linear time',
};
