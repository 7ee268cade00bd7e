import type { Mutant } from '../mutant.ts';
import { e2e } from './tests.ts';

/** Mutants of apps/cli. */
export const cliMutants: readonly Mutant[] = [
  {
    name: 'init overwrites secrets that are in use',
    file: 'apps/cli/src/init.ts',
    find: "{ flag: 'wx', mode: 0o600 }",
    replace: '{ mode: 0o600 }',
    test: 'apps/cli/src/init.test.ts',
    title: 'never overwrites a file',
  },
  {
    name: 'everybody reads the secrets of production',
    file: 'apps/cli/src/init.ts',
    find: "{ flag: 'wx', mode: 0o600 }",
    replace: "{ flag: 'wx' }",
    test: 'apps/cli/src/init.test.ts',
    title: 'for its owner alone',
  },
  {
    name: 'servers get the URL of the owner of the schema',
    file: 'apps/cli/src/serve.ts',
    find: '[settingOfRole.owner]: undefined',
    replace: 'UNUSED: settingOfRole.owner',
    test: `${e2e}/process/first-start.test.ts`,
    title: 'goes from init over migrate, staff and serve',
  },
  {
    name: 'sql opens the database for changes without being told to',
    file: 'apps/cli/src/sql.ts',
    find: '...(write ? {} :',
    replace: '...(write || true ? {} :',
    test: 'apps/cli/src/sql.test.ts',
    title: 'opens the database for reading alone',
  },
];
