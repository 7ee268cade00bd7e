import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Mutant, mutants } from './mutants.ts';

const clone = resolve(import.meta.dirname, '../../..');
/** `npm run teeth -- <pattern>` tries those alone whose name or test it fits. */
const pattern = new RegExp(process.argv[2] ?? '');
const chosen = mutants.filter(({ name, test }) => pattern.test(`${name} ${test}`));
const place = mkdtempSync(join(tmpdir(), 'tenantry-teeth-'));
const worktree = join(place, 'worktree');

/** Runs tests in the worktree; answers how many passed and failed. */
function runTests(test: string, title: string): { passed: number; failed: number } {
  const report = join(place, 'report.json');
  rmSync(report, { force: true });
  const words = [
    'run',
    test,
    '--reporter=json',
    `--outputFile=${report}`,
    ...(title === '' ? [] : ['-t', title]),
  ];
  spawnSync(join(worktree, 'node_modules/.bin/vitest'), words, {
    cwd: worktree,
    stdio: 'ignore',
    timeout: 300_000,
    env: { ...process.env, MODEL_SHRINK: 'off' },
  });
  try {
    const { numPassedTests, numFailedTests, success } = JSON.parse(readFileSync(report, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests || (success === false ? 1 : 0) };
  } catch {
    return { passed: 0, failed: 0 };
  }
}

/** Applies a mutant, runs its tests, and takes it back. Answers what became of it. */
function tryOne({ file, find, replace, test, title }: Mutant): string {
  const path = join(worktree, file);
  const source = readFileSync(path, 'utf8');
  if (source.split(find).length !== 2) return 'OUT OF DATE: its text does not stand in the file once';
  writeFileSync(
    path,
    source.replace(find, () => replace),
  );
  const { passed, failed } = runTests(test, title);
  writeFileSync(path, source);
  if (failed > 0) return 'caught';
  return passed === 0 ? 'OUT OF DATE: no test ran' : 'SURVIVED';
}

/** Each test must pass by itself, or its failing would say nothing. */
function brokenBefore(): string[] {
  const pairs = new Map(chosen.map(({ test, title }) => [`${test} ${title}`, { test, title }]));
  return [...pairs].flatMap(([name, { test, title }]) => {
    const { passed, failed } = runTests(test, title);
    return failed > 0 || passed === 0 ? [name] : [];
  });
}

let survivors = 0;
try {
  execFileSync('git', ['worktree', 'add', '--quiet', '--detach', worktree, 'HEAD'], { cwd: clone });
  const pnpm = join(clone, '.tenantry/tools/node_modules/.bin/pnpm');
  execFileSync(pnpm, ['install', '--frozen-lockfile', '--prefer-offline'], {
    cwd: worktree,
    stdio: 'ignore',
  });
  const broken = brokenBefore();
  for (const name of broken) console.log(`fails without any mutant: ${name}`);
  console.log('\n| mutant | must be missed by | verdict |\n|---|---|---|');
  for (const mutant of chosen) {
    const verdict = tryOne(mutant);
    if (verdict !== 'caught') survivors += 1;
    console.log(`| ${mutant.name} | ${mutant.test.split('/').at(-1)}: ${mutant.title} | ${verdict} |`);
  }
  survivors += broken.length;
  console.log(`\n${chosen.length - survivors} of ${chosen.length} caught`);
} finally {
  execFileSync('git', ['worktree', 'remove', '--force', worktree], { cwd: clone });
  rmSync(place, { recursive: true, force: true });
}
process.exit(survivors === 0 ? 0 : 1);
