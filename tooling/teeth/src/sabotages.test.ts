import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { sabotages } from './sabotages.ts';

const clone = resolve(import.meta.dirname, '../../..');
const read = (file: string) => readFileSync(join(clone, file), 'utf8');

it.each(sabotages)('fits the code as it is: $name', ({ file, find, replace, test, title }) => {
  expect(read(file).split(find)).toHaveLength(2);
  expect(replace).not.toBe(find);
  expect(read(test)).toContain(title);
});

it('are more than twenty, each of its own name', () => {
  expect(new Set(sabotages.map(({ name }) => name)).size).toBe(sabotages.length);
  expect(sabotages.length).toBeGreaterThanOrEqual(20);
});
