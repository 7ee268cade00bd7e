import type { AuditTerms } from '../terms.ts';
import { fieldOf } from './stored-answer.ts';

/** The id of what was changed, from the input or the answer. */
export function subjectOf({ subject }: AuditTerms = {}, input: unknown, shown: unknown): string | null {
  const value = subject === undefined ? fieldOf(shown, 'id') : fieldOf(input, subject);
  return typeof value === 'string' ? value : null;
}

/** The input fields that terms name, for the record of a change. */
export function factsOf({ facts = [] }: AuditTerms = {}, input: unknown): Record<string, string> {
  return Object.fromEntries(facts.flatMap((name) => factOf(name, fieldOf(input, name))));
}

// A fact is a text: of a list its items with commas between them, of a time its spelling in UTC. An object has none.
function factOf(name: string, value: unknown): (readonly [string, string])[] {
  const texts = (Array.isArray(value) ? value : [value]).map(textOf);
  return texts.length > 0 && texts.every((text) => text !== undefined) ? [[name, texts.join(',')]] : [];
}

function textOf(value: unknown): string | undefined {
  if (value instanceof Date) return value.toISOString();
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined;
}
