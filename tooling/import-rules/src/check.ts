import { dirname, join, normalize } from 'node:path/posix';
import { parseSync } from 'oxc-parser';
import { type Node, banned, isNode } from './bans.ts';
import { type Ban, type PackageRules, everywhere, exceptions, rooms } from './rules.ts';

/** What the check saw, and what it found. */
export interface Findings {
  modules: number;
  imports: number;
  broken: string[];
}

const isTest = (path: string): boolean => /\.(test|fixture)\.ts$/.test(path);
const packageOf = (path: string): string | undefined => /^(?:apps|packages)\/[^/]+/.exec(path)?.[0];

/** Checks modules, given by path from the clone and source, against the laws of their rooms. */
export function checkImports(modules: ReadonlyMap<string, string>): Findings {
  const findings: Findings = { modules: 0, imports: 0, broken: [] };
  for (const [path, source] of modules) {
    const name = packageOf(path);
    if (name === undefined || name === 'packages/testing' || isTest(path)) continue;
    findings.modules += 1;
    const room = rooms[name];
    if (room === undefined) {
      findings.broken.push(`${path}: ${name} is a room without laws`);
      continue;
    }
    const { program, module, errors } = parseSync(path, source);
    if (errors.length > 0) findings.broken.push(`${path}: does not parse`);
    const named = [
      ...module.staticImports.map(({ moduleRequest, entries }) => ({
        target: moduleRequest.value,
        isType: entries.length > 0 && entries.every(({ isType }) => isType),
      })),
      ...module.staticExports.flatMap(({ entries }) =>
        entries.flatMap(({ moduleRequest, isType }) =>
          moduleRequest === null ? [] : [{ target: moduleRequest.value, isType }],
        ),
      ),
      ...dynamicImports(program, path, findings).map((target) => ({ target, isType: false })),
    ];
    findings.imports += named.length;
    const values = new Set(named.filter(({ isType }) => !isType).map(({ target }) => target));
    for (const target of new Set(named.map((one) => one.target))) {
      const fault = faultOfImport(path, name, room, { target, isType: !values.has(target) });
      if (fault !== undefined) findings.broken.push(`${path}: ${fault}`);
    }
    for (const ban of [...room.without, ...everywhere])
      if (!exceptions[path]?.may.includes(ban) && some(program, banned[ban]))
        findings.broken.push(`${path}: ${name} does without ${ban}`);
  }
  return findings;
}

function dynamicImports(program: unknown, path: string, findings: Findings): string[] {
  const targets: string[] = [];
  some(program, (node) => {
    if (node.type !== 'ImportExpression') return false;
    const source = node['source'];
    if (isNode(source) && typeof source['value'] === 'string') targets.push(source['value']);
    else findings.broken.push(`${path}: imports what cannot be read from the source`);
    return false;
  });
  return targets;
}

/** What a module names of another, and whether it names its types alone. */
interface Named {
  readonly target: string;
  readonly isType: boolean;
}

function faultOfImport(
  path: string,
  name: string,
  room: PackageRules,
  { target, isType }: Named,
): string | undefined {
  if (target.startsWith('.')) {
    const file = normalize(join(dirname(path), target));
    if (packageOf(file) !== name) return `reaches into ${file} past its door`;
    return isTest(file) ? `imports the test ${file}` : undefined;
  }
  const own = /^@tenantry\/([^/]+)/.exec(target)?.[1];
  if (own !== undefined) {
    const names = [...room.rooms, ...(isType ? (room.typesOf ?? []) : [])];
    const allowed = names.some((one) => one === `packages/${own}` || one === `apps/${own}`);
    return allowed ? undefined : `${name} may not import ${target}`;
  }
  const packageName = /^(?:@[^/]+\/)?[^/]+/.exec(target)?.[0] ?? target;
  const known = target.startsWith('node:') ? 'node:*' : packageName;
  return room.packages.includes(known) ? undefined : `${name} may not import ${target}`;
}

/** Whether a tree holds a node that the test answers yes to. */
function some(tree: unknown, test: (node: Node) => boolean): boolean {
  if (Array.isArray(tree)) return tree.some((one) => some(one, test));
  if (!isNode(tree)) return false;
  return test(tree) || Object.values(tree).some((value) => some(value, test));
}

/** The bans that no room has; none, or a law was written that binds nobody. */
export function idleBans(): Ban[] {
  const bound = new Set([...everywhere, ...Object.values(rooms).flatMap((room) => room.without)]);
  return Object.keys(banned).filter((ban): ban is Ban => !bound.has(ban as Ban));
}
