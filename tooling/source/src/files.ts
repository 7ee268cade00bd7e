import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The folder of the clone. */
export const clone = resolve(import.meta.dirname, '../../..');

const isInstalled = (path: string): boolean =>
  /(?:^|\/)(?:node_modules|dist|\.tenantry|\.turbo)(?:\/|$)/.test(path);

/** Paths from the clone that fit the patterns, sorted; without installed and built files. */
export function listFiles(...patterns: readonly string[]): string[] {
  return [...new Set(globSync([...patterns], { cwd: clone, exclude: isInstalled }))].toSorted();
}

/** The text of files, by path from the clone. */
export function readFiles(paths: readonly string[]): Map<string, string> {
  return new Map(paths.map((path) => [path, readFileSync(join(clone, path), 'utf8')]));
}

/** Every TypeScript and JavaScript module that people write or that is generated. */
export const modulePatterns = [
  '{apps,packages,tooling,examples}/*/src/**/*.{ts,tsx}',
  'apps/admin/web/src/**/*.{ts,tsx}',
  'tooling/**/*.mjs',
  'vitest.config.ts',
] as const;

/** Whether a module serves tests alone: a test, a fixture, or a module of packages/testing. */
export function isTestModule(path: string): boolean {
  return /\.(?:test|fixture)\.tsx?$/.test(path) || path.startsWith('packages/testing/');
}
