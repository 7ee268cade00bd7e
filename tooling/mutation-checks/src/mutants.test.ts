import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { mutants } from './mutants.ts';

const clone = resolve(import.meta.dirname, '../../..');
const read = (file: string) => readFileSync(join(clone, file), 'utf8');

it.each(mutants)('fits the code as it is: $name', ({ file, find, replace, test, title }) => {
  expect(read(file).split(find)).toHaveLength(2);
  expect(replace).not.toBe(find);
  expect(read(test)).toContain(title);
});

it('are more than twenty, each of its own name', () => {
  expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
  expect(mutants.length).toBeGreaterThanOrEqual(20);
});
