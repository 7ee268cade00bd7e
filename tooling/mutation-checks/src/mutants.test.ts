import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mutants } from './mutants.ts';

const clone = resolve(import.meta.dirname, '../../..');
const read = (file: string) => readFileSync(join(clone, file), 'utf8');

describe('a mutant', () => {
  it.each(mutants)('fits the code as it is: $name', ({ file, find, replace, test, title }) => {
    expect(existsSync(join(clone, file)), `${file} does not exist`).toBe(true);
    expect(read(file).split(find)).toHaveLength(2);
    expect(replace).not.toBe(find);
    expect(read(test)).toContain(title);
  });

  it('has a name of its own, and there are more than forty', () => {
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
    expect(mutants.length).toBeGreaterThanOrEqual(40);
  });

  it('is in the list, from each file of mutants', () => {
    const inFiles = globSync('mutants/*.ts', { cwd: import.meta.dirname })
      .map(
        (file) => readFileSync(join(import.meta.dirname, file), 'utf8').match(/^ {4}name: /gm)?.length ?? 0,
      )
      .reduce((total, one) => total + one, 0);
    expect(mutants).toHaveLength(inFiles);
  });
});
