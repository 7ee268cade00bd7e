import { listFiles, modulePatterns, readFiles } from '@tenantry/source/files';
import { findRetiredWords } from '@tenantry/words/find';
import { longestFunctions, measure } from './measure.ts';
import { areBoundsMet, reportTable } from './report.ts';

const modules = readFiles(listFiles(...modulePatterns));
const { found } = findRetiredWords();
const { rows, details } = measure(modules, found.length);
console.log(reportTable(rows));
for (const line of details) console.error(line);
if (found.length > 0) console.error('retired words: `npm run check:words` lists them');
if (process.argv.includes('--longest')) for (const line of longestFunctions(modules, 20)) console.log(line);
process.exit(areBoundsMet(rows) ? 0 : 1);
