import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildConsole } from '@tenantry/setup/console';
import { beforeAll, describe, expect, it } from 'vitest';

let folder = '';
beforeAll(async () => {
  folder = await buildConsole();
}, 180_000);

/** The most bytes of compressed script that the first page may need before its charts. */
const bytesMax = 250_000;

/** The scripts that a script imports before it runs; those that it loads when they are needed are left out. */
function importsOf(script: string): string[] {
  const text = readFileSync(join(folder, 'assets', script), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)].flatMap(([, name]) => name ?? []);
}

/** Scripts with everything that they import. */
function withImports(scripts: readonly string[]): Set<string> {
  const all = new Set<string>();
  const add = (script: string) => {
    if (all.has(script)) return;
    all.add(script);
    importsOf(script).forEach(add);
  };
  scripts.forEach(add);
  return all;
}

const namedIn = (page: string) =>
  [...page.matchAll(/assets\/([^"]+\.js)/g)].flatMap(([, name]) => name ?? []);
const scriptsOf = (pattern: string) => globSync(pattern, { cwd: join(folder, 'assets') });
const sizeOf = (scripts: Iterable<string>) =>
  [...scripts].reduce((sum, script) => sum + statSync(join(folder, 'assets', `${script}.gz`)).size, 0);

describe('the first load of the console', () => {
  it('needs less than 250 kB of compressed script before its charts', () => {
    const first = withImports([
      ...namedIn(readFileSync(join(folder, 'index.html'), 'utf8')),
      ...scriptsOf('today-*.js'),
    ]);
    expect(scriptsOf('today-*.js')).toHaveLength(1);
    expect(sizeOf(first)).toBeGreaterThan(100_000);
    expect(sizeOf(first)).toBeLessThan(bytesMax);
  });

  it('leaves the library of the charts to scripts of its own', () => {
    const page = namedIn(readFileSync(join(folder, 'index.html'), 'utf8'));
    const first = withImports([...page, ...scriptsOf('today-*.js')]);
    const charts = scriptsOf('charts-*.js');
    expect(charts).toHaveLength(1);
    const own = [...withImports(charts)].filter((script) => !first.has(script));
    expect(own).toEqual(expect.arrayContaining(charts));
    expect(sizeOf(own)).toBeGreaterThan(50_000);
  });
});
