import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// Workers and the programs that tests start inherit it; each of them imports the same modules.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.compile-cache');

const folders = (process.env['PATH'] ?? '').split(delimiter);

/** The tests of what another program does with us run where it is installed: `*.nginx.test.ts` needs nginx. */
const absent = ['caddy', 'go', 'nginx', 'php', 'python3', 'ruby'].filter(
  (program) => !folders.some((folder) => existsSync(join(folder, program))),
);

/** The files that take longest, longest first. */
const longest = [
  'subscription-model/subscription-model',
  'e2e/contract/extremes',
  'e2e/gate/isolation',
  'e2e/process/kill',
  'e2e/gate/strictness',
  'e2e/gate/gate',
  'e2e/gate/replay',
  'e2e/gate/races',
  'e2e/gate/fuzz',
  'model/ledger-model',
  'e2e/process/frozen-database',
  'e2e/process/database-crash',
].map((name) => `packages/testing/src/${name}.test.ts`);

/**
 * Begins the longest files first, so that at the end no worker waits for one of them. Without the results of a run before,
 * Vitest knows the sizes of files alone, and the longest are not the largest.
 */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const index = longest.findIndex((name) => moduleId.endsWith(name));
      return index < 0 ? longest.length : index;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

const tests = '{apps,packages,tooling}/*/src/**/*.test.ts';

/**
 * The tests that leave nothing behind in their process. They share it, so that each module is imported once; every other test
 * has a process of its own.
 */
const shared = [
  'packages/{ai,catalogue,client,config,contract,db,domain,files,gate,identity,invoice-pdf,ledger,mail,rest,services,statements,webhooks}/src/**/*.test.ts',
  'packages/testing/src/e2e/{account,api-key,credential,credit,member,payment,person,service-key,session,staff,statement,subscription}/*.test.ts',
];

const excluded = [
  ...(process.env['TENANTRY_WITHOUT_REDIS'] === '1' ? ['**/*.redis.test.ts'] : []),
  ...absent.map((program) => `**/*.${program}.test.ts`),
];

const common = { pool: 'forks', maxWorkers: 2, testTimeout: 30_000, hookTimeout: 60_000 } as const;

export default defineConfig({
  test: {
    globalSetup: ['packages/testing/src/global-setup.ts'],
    sequence: { sequencer: LongestFirst },
    projects: [
      { test: { ...common, name: 'alone', include: [tests], exclude: [...excluded, ...shared] } },
      { test: { ...common, name: 'shared', isolate: false, include: shared, exclude: excluded } },
    ],
  },
});
