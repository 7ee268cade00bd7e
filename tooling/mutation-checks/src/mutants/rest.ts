import type { Mutant } from '../mutant.ts';
import { e2e } from './tests.ts';

/** Mutants of packages/rest. */
export const restMutants: readonly Mutant[] = [
  {
    name: 'X-Forwarded-For of a stranger is believed',
    file: 'packages/rest/src/http.ts',
    find: 'trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],',
    replace: 'trustProxy: true || [...trustedProxies],',
    test: `${e2e}/gate/throttle.test.ts`,
    title: 'believes no X-Forwarded-For',
  },
];
