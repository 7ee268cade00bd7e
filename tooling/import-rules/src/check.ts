import { dirname, join } from 'node:path/posix';
import { type Import, importsOf } from '@tenantry/source/imports';
import { lineCounter, parseModule, walk } from '@tenantry/source/syntax';
import { type Exception, exceptions } from './exceptions.ts';
import { isBreach, meaning } from './restrictions.ts';
import { type Allowed, type PackageRules, type Restriction, everywhere, packageRules } from './rules.ts';

/** What the check read, and the breaches that it found, one line each. */
export interface Findings {
  modules: number;
  imports: number;
  breaches: string[];
}

const isTest = (path: string): boolean => /\.(test|fixture)\.tsx?$/.test(path);
const packageOf = (path: string): string | undefined =>
  /^(?:apps\/admin\/web(?=\/)|(?:apps|packages)\/[^/]+)/.exec(path)?.[0];

/** Checks modules, given by path from the clone and text, against the rules of their packages. Tests are left out. */
export function checkImports(
  modules: ReadonlyMap<string, string>,
  allowed: Readonly<Record<string, Exception>> = exceptions,
): Findings {
  const findings: Findings = { modules: 0, imports: 0, breaches: [] };
  for (const [path, text] of modules) {
    const name = packageOf(path);
    if (name === undefined || name === 'packages/testing' || isTest(path)) continue;
    findings.modules += 1;
    const rules = packageRules[name];
    if (rules === undefined) {
      findings.breaches.push(`${path}: ${name} has no rules; add them to tooling/import-rules/src/rules.ts`);
      continue;
    }
    checkModule(findings, { path, text, name, rules, may: allowed[path]?.may ?? [] });
  }
  return findings;
}

interface Module {
  path: string;
  text: string;
  /** The package's folder. */
  name: string;
  rules: PackageRules;
  may: readonly Restriction[];
}

function checkModule(findings: Findings, { path, text, name, rules, may }: Module): void {
  const parsed = parseModule(path, text);
  const report = (line: string) => findings.breaches.push(`${path}${line}`);
  if (parsed.hasErrors) report(': does not parse');
  const { imports, hasUnreadable } = importsOf(parsed);
  if (hasUnreadable) report(': imports a module whose name is not a constant');
  findings.imports += imports.length;
  const faults = imports.flatMap((one) => faultOfImport(path, name, rules, one) ?? []);
  for (const fault of new Set(faults)) report(`: ${fault}`);
  const lineOf = lineCounter(text);
  const needed = new Set<Restriction>();
  for (const restriction of [...rules.without, ...everywhere])
    walk(parsed.program, (node) => {
      if (!isBreach[restriction](node)) return true;
      if (may.includes(restriction)) needed.add(restriction);
      else report(`:${lineOf(node.start)}: ${name} ${meaning[restriction]} (${restriction})`);
      return true;
    });
  for (const one of may)
    if (!needed.has(one)) report(`: needs no exception from ${one}; remove it from exceptions.ts`);
}

function faultOfImport(
  path: string,
  name: string,
  { own, external, entities }: PackageRules,
  { target, isTypeOnly }: Import,
): string | undefined {
  if (target.startsWith('.')) {
    const file = join(dirname(path), target);
    if (packageOf(file) !== name) return `reaches into ${file} instead of importing its package by name`;
    return isTest(file) ? `imports the test ${file}` : undefined;
  }
  const [, ours, module = ''] = /^@tenantry\/([^/]+)(?:\/(.+))?$/.exec(target) ?? [];
  if (ours !== undefined) {
    const allowed = own[`packages/${ours}`] ?? own[`apps/${ours}`];
    if (allowed === undefined || !allows(allowed, module, isTypeOnly))
      return allowed === 'types'
        ? `${name} may import only types of ${target}`
        : `${name} may not import ${target}`;
    if (!/(?:^|\/)entity$/.test(module) || entities === 'all') return undefined;
    if (entities === 'types' && isTypeOnly) return undefined;
    return `${name} may not import the entities of ${target}`;
  }
  const packageName = /^(?:@[^/]+\/)?[^/]+/.exec(target)?.[0] ?? target;
  const family = target.startsWith('node:') ? 'node:*' : packageName.replace(/\/.*$/, '/*');
  return external.includes(packageName) || external.includes(family)
    ? undefined
    : `${name} may not import ${target}`;
}

function allows(allowed: Allowed, module: string, isTypeOnly: boolean): boolean {
  if (allowed === 'all') return true;
  return allowed === 'types' ? isTypeOnly : allowed.includes(module);
}

/** The exceptions whose file is not among the modules. */
export function exceptionsWithoutFile(modules: ReadonlyMap<string, string>): string[] {
  return Object.keys(exceptions).filter((path) => !modules.has(path));
}
