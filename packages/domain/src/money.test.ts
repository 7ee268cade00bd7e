import { expect, it } from 'vitest';
import { creditorReference, normaliseReference } from './money.ts';
import { addMonths } from './time.ts';

it('makes references that ISO 11649 accepts', () => {
  expect(creditorReference('539007547034')).toBe('RF18539007547034');
});
it('reads references as people type them', () => {
  expect(normaliseReference(' rf18-5390 0754 7034')).toBe('RF18539007547034');
});
it('keeps a month inside its month', () => {
  expect(addMonths(new Date('2026-01-31T10:00:00Z'), 1).toISOString()).toBe('2026-02-28T10:00:00.000Z');
});
