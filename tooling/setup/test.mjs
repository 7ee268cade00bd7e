import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, environment, root, run } from './ensure.mjs';
import { haveProgram, oldestPostgres } from './needs.mjs';
import { verify } from './verify.mjs';

ensureInstalled();
const totals = { passed: 0, failed: 0 };

/** Runs tests and adds their counts to the totals. A failed run that reports no failed test counts as one failure. */
function test(name, ...words) {
  const report = join(root, 'node_modules', `.test-report-${name}.json`);
  const passed = run(
    'vitest',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...words,
  );
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
  totals.passed += numPassedTests;
  totals.failed += numFailedTests || (passed ? 0 : 1);
}

if (!haveProgram('redis-server', 'redis-server')) {
  console.error('The tests that need Redis do not run.');
  environment.TENANTRY_WITHOUT_REDIS = '1';
}
const verified = verify();
test('all');
const postgres = oldestPostgres();
if (postgres !== undefined) {
  console.log('Running the tests of packages/db again, on PostgreSQL 15 …');
  environment.TENANTRY_POSTGRES_FOLDER = postgres;
  test('postgres-15', 'packages/db');
}
console.log(verified ? 'verify: ok' : 'verify: failed');
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exit(verified && totals.failed === 0 ? 0 : 1);
