import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Mutant } from './mutant.ts';

const clone = resolve(import.meta.dirname, '../../..');
const testMilliseconds = 300_000;

/** What the tests say about a mutant. */
export type Verdict =
  | 'killed'
  | 'survived'
  | 'out of date: no test ran'
  | 'out of date: its text is not in the file once';

/** A copy of the last commit in which mutants are applied one at a time. */
export interface Checkout {
  /** Applies a mutant, runs its tests, and restores the file. */
  tryMutant(mutant: Mutant): Promise<Verdict>;
  /** Whether tests pass without any mutant. */
  passes(test: string, title: string): Promise<boolean>;
  close(): void;
}

/** Makes a worktree of HEAD below `folder` and installs its packages. */
export function openCheckout(folder: string, name: string): Checkout {
  const worktree = join(folder, name);
  const report = join(folder, `${name}.json`);
  execFileSync('git', ['worktree', 'add', '--quiet', '--detach', worktree, 'HEAD'], { cwd: clone });
  const pnpm = join(clone, '.tenantry/tools/node_modules/.bin/pnpm');
  execFileSync(pnpm, ['install', '--frozen-lockfile', '--prefer-offline'], {
    cwd: worktree,
    stdio: 'ignore',
  });

  async function runTests(test: string, title: string): Promise<{ passed: number; failed: number }> {
    rmSync(report, { force: true });
    const filter = title === '' ? [] : ['-t', title];
    await vitest(worktree, ['run', test, '--reporter=json', `--outputFile=${report}`, ...filter]);
    return countsOf(report);
  }

  return {
    async tryMutant({ file, find, replace, test, title }) {
      const path = join(worktree, file);
      const source = readFileSync(path, 'utf8');
      if (source.split(find).length !== 2) return 'out of date: its text is not in the file once';
      writeFileSync(
        path,
        source.replace(find, () => replace),
      );
      const { passed, failed } = await runTests(test, title);
      writeFileSync(path, source);
      if (failed > 0) return 'killed';
      return passed === 0 ? 'out of date: no test ran' : 'survived';
    },
    async passes(test, title) {
      const { passed, failed } = await runTests(test, title);
      return failed === 0 && passed > 0;
    },
    close() {
      execFileSync('git', ['worktree', 'remove', '--force', worktree], { cwd: clone });
    },
  };
}

/** Runs vitest to its end or to the bound of time. Its report says how it went, so the exit code does not matter. */
async function vitest(worktree: string, words: readonly string[]): Promise<void> {
  const child = spawn(join(worktree, 'node_modules/.bin/vitest'), words, {
    cwd: worktree,
    stdio: 'ignore',
    timeout: testMilliseconds,
    env: { ...process.env, MODEL_SHRINK: 'off' },
  });
  await new Promise((done, failed) => child.once('close', done).once('error', failed));
}

/** The counts of a report of vitest; none when it ended without a report. */
function countsOf(report: string): { passed: number; failed: number } {
  try {
    const { numPassedTests, numFailedTests, success } = JSON.parse(readFileSync(report, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests || (success === false ? 1 : 0) };
  } catch {
    return { passed: 0, failed: 0 };
  }
}
