import { isTestModule, listFiles, modulePatterns, readFiles } from '@tenantry/source/files';
import { circleLine, circlesAmong } from '@tenantry/source/graph';
import { checkImports, exceptionsWithoutFile } from './check.ts';

/** Fewer modules than this mean that the check looked in the wrong place. */
const modulesMin = 180;

const all = readFiles(listFiles(...modulePatterns));
const { modules, imports, breaches } = checkImports(all);
for (const path of exceptionsWithoutFile(all)) breaches.push(`${path}: has an exception and does not exist`);
if (modules < modulesMin) breaches.push(`only ${modules} modules were read, fewer than ${modulesMin}`);
for (const line of breaches) console.error(line);
const circles = circlesAmong(all);
for (const circle of circles) console.error(`circle of imports: ${circleLine(circle)}`);
const tests = [...all.keys()].filter(isTestModule).length;
console.log(
  `import rules: ${modules} modules, ${imports} imports, ${breaches.length} breaches; ` +
    `${circles.length} circles among ${all.size} modules (${tests} of tests)`,
);
process.exit(breaches.length + circles.length === 0 ? 0 : 1);
