import type { Mutant } from '../mutant.ts';
import { e2e } from './tests.ts';

/** Mutants of packages/client. */
export const clientMutants: readonly Mutant[] = [
  {
    name: 'a settle is given up when the API asks to wait for more than ten seconds',
    file: 'packages/client/src/persist.ts',
    find: 'performance.now() + waitMilliseconds > until;',
    replace: 'askedSeconds > retryAfterSecondsMax;',
    test: `${e2e}/client/with-credits-retries.test.ts`,
    title: 'is asked for a settle as long as it asks to wait',
  },
  {
    name: 'every settle that failed is said to be worth another try',
    file: 'packages/client/src/hold.ts',
    find: 'this.isRetryable = isOpen && canPass(cause);',
    replace: 'this.isRetryable = isOpen || canPass(cause);',
    test: `${e2e}/client/with-credits-retries.test.ts`,
    title: 'is not asked again after a final refusal',
  },
];
