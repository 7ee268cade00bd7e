import { describe, expect, it } from 'vitest';
import { allowed, breaches, builtStatements } from './breaches.fixture.ts';
import { checkImports, exceptionsWithoutFile } from './check.ts';
import { exceptions } from './exceptions.ts';
import { isBreach } from './restrictions.ts';
import { packageRules } from './rules.ts';

const breachesIn = (path: string, source: string): string[] =>
  checkImports(new Map([[path, source]]), {}).breaches;

describe('the import rules', () => {
  it.each(breaches)('report in %s: %s', (path, source) => {
    expect(breachesIn(path, source)).toHaveLength(1);
  });

  it.each(builtStatements)('report twice in %s: %s', (path, source) => {
    const [sent, built] = breachesIn(path, source);
    expect(sent).toMatch(/\(raw_sql\)$/);
    expect(built).toMatch(/\(built_sql\)$/);
  });

  it.each(allowed)('allow in %s: %s', (path, source) => {
    expect(breachesIn(path, source)).toEqual([]);
  });

  it('name the file, the line and what the package does instead', () => {
    expect(breachesIn('apps/api/src/a.ts', 'const a = 1;\nconst now = new Date();')).toEqual([
      'apps/api/src/a.ts:2: apps/api takes the time as an argument and reads no clock (clock)',
    ]);
  });

  it('have a breach above for each package and for each restriction', () => {
    const broken = new Set(breaches.map(([path]) => path.split('/src/')[0]));
    expect(Object.keys(packageRules).filter((name) => !broken.has(name))).toEqual([]);
    const lines = [...breaches, ...builtStatements].flatMap((one) => breachesIn(...one));
    const unproven = Object.keys(isBreach).filter(
      (name) => !lines.some((line) => line.endsWith(`(${name})`)),
    );
    expect(unproven).toEqual([]);
  });
});

describe('an exception from the import rules', () => {
  const exception = {
    'apps/api/src/main.ts': { may: ['clock'] as const, because: 'the clock is made here' },
  };
  const check = (source: string) =>
    checkImports(new Map([['apps/api/src/main.ts', source]]), exception).breaches;

  it('lets its file do what it names, and nothing else', () => {
    expect(check('const clock = () => new Date();')).toEqual([]);
    expect(check('const clock = () => new Date(process.env.NOW ?? Date.now());')).toHaveLength(1);
  });

  it('is reported when its file does not need it', () => {
    expect(check('const clock = 1;')).toEqual([
      'apps/api/src/main.ts: needs no exception from clock; remove it from exceptions.ts',
    ]);
  });

  it('is reported when its file does not exist', () => {
    expect(exceptionsWithoutFile(new Map())).toEqual(Object.keys(exceptions));
    expect(exceptionsWithoutFile(new Map(Object.keys(exceptions).map((path) => [path, ''])))).toEqual([]);
  });

  it('has a reason', () => {
    for (const { may, because } of Object.values(exceptions)) {
      expect(may.length).toBeGreaterThan(0);
      expect(because).not.toBe('');
    }
  });
});
