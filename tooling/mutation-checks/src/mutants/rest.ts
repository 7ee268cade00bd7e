import type { Mutant } from '../mutant.ts';
import { e2e } from './tests.ts';

/** Mutants of packages/rest. */
export const restMutants: readonly Mutant[] = [
  {
    name: 'a connection is closed before the answer that its settings allow',
    file: 'packages/rest/src/http.ts',
    find: 'connectionTimeout: timeouts.silenceMilliseconds,',
    replace: 'connectionTimeout: 1000,',
    test: `${e2e}/process/late-answers.test.ts`,
    title: 'delivers a run that is answered after more than a minute',
  },
  {
    name: 'a refusal of the parser stands in front of an answer that is due',
    file: 'packages/rest/src/parser-errors.ts',
    find: "else if (answer?.req.complete === true) answer.once('close', end);",
    replace: '',
    test: `${e2e}/gate/transport.test.ts`,
    title: 'does not stand inside its answer',
  },
  {
    name: 'X-Forwarded-For of a stranger is believed',
    file: 'packages/rest/src/http.ts',
    find: 'trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],',
    replace: 'trustProxy: true || [...trustedProxies],',
    test: `${e2e}/gate/throttle.test.ts`,
    title: 'believes no X-Forwarded-For',
  },
];
