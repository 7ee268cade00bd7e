import type { Mutant } from '../mutant.ts';
import { e2e } from './tests.ts';

/** Mutants of apps/api. */
export const apiMutants: readonly Mutant[] = [
  {
    name: 'stored answers keep secrets',
    file: 'apps/api/src/verb.ts',
    find: "const secretNames = ['secret'];",
    replace: 'const secretNames: string[] = [];',
    test: `${e2e}/idempotency.test.ts`,
    title: 'never stores a secret',
  },
  {
    name: 'who is limited to sites is not',
    file: 'apps/api/src/verb.ts',
    find: '...(sites === undefined ? {} : { sites }) };',
    replace: '...(sites === undefined ? {} : {}) };',
    test: `${e2e}/members.test.ts`,
    title: 'sees and touches those alone',
  },
];
