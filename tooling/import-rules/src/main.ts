import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { checkImports } from './check.ts';

/** Fewer modules than this means that the check looked in the wrong place. */
const modulesMin = 180;

const clone = resolve(import.meta.dirname, '../../..');
const paths = globSync('{apps,packages}/*/src/**/*.{ts,tsx}', { cwd: clone }).toSorted();
const modules = new Map(paths.map((path) => [path, readFileSync(join(clone, path), 'utf8')]));
const { modules: seen, imports, broken } = checkImports(modules);
for (const line of broken) console.error(line);
console.log(`rooms: ${seen} modules, ${imports} imports, ${broken.length} broken`);
if (seen < modulesMin) console.error(`rooms: only ${seen} modules were seen, fewer than ${modulesMin}`);
process.exit(broken.length === 0 && seen >= modulesMin ? 0 : 1);
