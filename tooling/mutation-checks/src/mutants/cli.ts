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
  {
    name: 'seed sells what the demo sells, and adds its people, in production',
    file: 'apps/cli/src/seed.ts',
    find: "if (config.mode !== 'demo')",
    replace: 'if (config.mode === undefined)',
    test: 'apps/cli/src/cli.test.ts',
    title: 'seeds a demo once, and only where demos are',
  },
  {
    name: 'migrate does not say that nothing is sold',
    file: 'apps/cli/src/migrate.ts',
    find: 'Object.keys(plans).length === 0',
    replace: 'plans === undefined',
    test: `${e2e}/process/first-start.test.ts`,
    title: 'goes from init over migrate, staff and serve',
  },
  {
    name: 'an apply notes a missing payee that the stored issuer has',
    file: 'apps/cli/src/catalogue.ts',
    find: 'issuer: (await storedCatalogue(ownerUrl)).issuer',
    replace: 'issuer: null',
    test: 'apps/cli/src/catalogue.test.ts',
    title: 'notes no missing payee where the issuer that is stored has one',
  },
];
