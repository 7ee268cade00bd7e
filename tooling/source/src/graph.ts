import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Circle, findCircles } from './circles.ts';
import { clone, listFiles } from './files.ts';
import { importsOf, resolveWith } from './imports.ts';
import { parseModule } from './syntax.ts';

/** The folder of each package of the workspace, by its name. */
function packageFolders(): Map<string, string> {
  const folders = new Map<string, string>();
  for (const path of listFiles(
    '{apps,packages,tooling,examples}/*/package.json',
    'apps/admin/web/package.json',
  )) {
    const { name }: { name?: string } = JSON.parse(readFileSync(join(clone, path), 'utf8'));
    if (name !== undefined) folders.set(name, dirname(path));
  }
  return folders;
}

/** The circles of imports among modules, type imports included. Modules are given by path from the clone and text. */
export function circlesAmong(
  modules: ReadonlyMap<string, string>,
  packages: ReadonlyMap<string, string> = packageFolders(),
): Circle[] {
  const resolve = resolveWith(packages, new Set(modules.keys()));
  const graph = new Map<string, string[]>();
  for (const [path, text] of modules) {
    const { imports } = importsOf(parseModule(path, text));
    const targets = imports.flatMap(({ target }) => resolve(path, target) ?? []);
    graph.set(path, [...new Set(targets)]);
  }
  return findCircles(graph);
}

/** A circle on one line: `a.ts → b.ts → a.ts`. */
export const circleLine = (circle: Circle): string => [...circle, circle[0] ?? ''].join(' → ');
