import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { defineConfig } from 'vitest/config';

// Workers and the programs that tests start inherit it; each of them imports the same modules.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules/.compile-cache');

const folders = (process.env['PATH'] ?? '').split(delimiter);

/** The tests of what another program does with us run where it is installed: `*.nginx.test.ts` needs nginx. */
const absent = ['caddy', 'go', 'nginx', 'php', 'python3', 'ruby'].filter(
  (program) => !folders.some((folder) => existsSync(join(folder, program))),
);

export default defineConfig({
  test: {
    include: ['{apps,packages,tooling}/*/src/**/*.test.ts'],
    exclude: [
      ...(process.env['TENANTRY_WITHOUT_REDIS'] === '1' ? ['**/*.redis.test.ts'] : []),
      ...absent.map((program) => `**/*.${program}.test.ts`),
    ],
    globalSetup: ['packages/testing/src/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
