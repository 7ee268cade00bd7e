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
  {
    name: 'a customer is told that their key is wrong when the service key is',
    file: 'packages/client/src/verify.ts',
    find: 'if (!canPass(fault)) throw fault;',
    replace: 'if (!canPass(fault) && problemOf(fault) === undefined) throw fault;',
    test: 'tooling/client-package/src/frameworks.test.ts',
    title: 'fails when its own service key is refused',
  },
  {
    name: 'the first of two credentials of a request is believed',
    file: 'packages/client/src/presented.ts',
    find: 'if (value === undefined || others.length > 0) return undefined;',
    replace: 'if (value === undefined) return undefined;',
    test: 'packages/client/src/presented.test.ts',
    title: 'is missing where there is not exactly one',
  },
  {
    name: 'the header of a request is read beside the account that its route names',
    file: 'packages/client/src/service.ts',
    find: 'isNamed ? [] : request.accounts;',
    replace: 'request.accounts;',
    test: 'tooling/client-package/src/frameworks.test.ts',
    title: 'takes the account that its route names',
  },
  {
    name: 'a verification whose answer is lost holds again',
    file: 'packages/client/src/verify.ts',
    find: 'const context = terms.hold === undefined ? {} : { idempotencyKey };',
    replace: 'const context = {};',
    test: 'tooling/client-package/src/frameworks.test.ts',
    title: 'holds once when the answer to the verification is lost',
  },
];
