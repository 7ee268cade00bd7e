import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, root, run } from './ensure.mjs';
import { verify } from './verify.mjs';

ensureInstalled();
const verified = verify();
const report = join(root, 'node_modules', '.test-report.json');
const passed = run('vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`);
const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
console.log(verified ? 'verify: ok' : 'verify: failed');
console.log(`${numPassedTests} passed, ${numFailedTests} failed`);
process.exit(verified && passed ? 0 : 1);
