import { dirname, join } from 'node:path/posix';
import { type Node, type Parsed, isNode, walk } from './syntax.ts';

/** One import or re-export of a module. */
export interface Import {
  readonly target: string;
  /** Whether types alone are imported, which costs nothing at run time. */
  readonly isTypeOnly: boolean;
}

/** What a module imports, and whether it imports a name that cannot be read from the source. */
export interface Imports {
  readonly imports: readonly Import[];
  readonly hasUnreadable: boolean;
}

/** Reads the static, re-exporting and dynamic imports of a module. */
export function importsOf({ program, module }: Parsed): Imports {
  const imports: Import[] = [];
  for (const { moduleRequest, entries } of module.staticImports)
    imports.push({
      target: moduleRequest.value,
      isTypeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
    });
  for (const { entries } of module.staticExports)
    for (const { moduleRequest, isType } of entries)
      if (moduleRequest !== null) imports.push({ target: moduleRequest.value, isTypeOnly: isType });
  let hasUnreadable = false;
  walk(program, (node) => {
    const target = importedBy(node);
    if (target === null) hasUnreadable = true;
    if (typeof target === 'string') imports.push({ target, isTypeOnly: node.type === 'TSImportType' });
    return true;
  });
  return { imports, hasUnreadable };
}

/** The target of an import expression or an import type; null when it is not a constant string. */
function importedBy(node: Node): string | null | undefined {
  if (node.type !== 'ImportExpression' && node.type !== 'TSImportType') return undefined;
  const source = node['source'];
  return isNode(source) && typeof source['value'] === 'string' ? source['value'] : null;
}

/**
 * Resolves imports to modules of the clone; undefined for packages of others. `packages` gives the folder of each name
 * of the workspace (`@tenantry/db` → `packages/db`), `modules` the paths that there are.
 */
export function resolveWith(
  packages: ReadonlyMap<string, string>,
  modules: ReadonlySet<string>,
): (from: string, target: string) => string | undefined {
  return (from, target) => {
    const own = /^(@tenantry\/[^/]+)(?:\/(.+))?$/.exec(target);
    const folder = own === null ? undefined : packages.get(own[1] ?? '');
    const path = folder === undefined ? join(dirname(from), target) : `${folder}/src/${own?.[2] ?? 'index'}`;
    return [path, `${path}.ts`, `${path}.tsx`].find((one) => modules.has(one));
  };
}
