import { type Refusal, refuse } from '../refusals.ts';

/** The most UTF-16 units of a prompt, whoever wrote it. */
export const promptCharactersMax = 100_000;

/** The name of a variable of a prompt template. */
export const variableName = /^[a-z][A-Za-z0-9_]{0,49}$/;

/** Bounded, so that a template without an end is read in linear time. */
const mark = /\{\{([^{}]{0,60})\}\}/g;

/** The names of the variables of a template, each once, in the order in which they stand in it. */
export function variablesOf(template: string): string[] {
  return [...new Set([...template.matchAll(mark)].map(([, name = '']) => name))];
}

/** What is wrong with a template: a mark that is not `{{name}}`. Undefined when nothing is. */
export function faultOfTemplate(template: string): string | undefined {
  const wrong = variablesOf(template).find((name) => !variableName.test(name));
  if (wrong !== undefined)
    return `{{${wrong}}} is no variable: write {{name}} without blanks, with a name of letters, digits and _ that begins with a lower-case letter`;
  return template.replaceAll(mark, '').includes('{{') ? '{{ is not closed by }} behind a name' : undefined;
}

/** What a run brings: the prompt itself, or the values of the variables of its operation's template. */
export interface Asked {
  prompt?: string | undefined;
  variables?: Readonly<Record<string, string>> | undefined;
}

/**
 * The prompt of a run. Values stand in it as they are: a value that looks like a variable is text. Refuses
 * `invalid_input`, with the field, for a prompt where the operation has a template and the other way round, for a
 * variable that is missing or that the template does not have, and for a prompt that is empty or too long.
 */
export function promptOf(
  { promptTemplate }: { promptTemplate: string | null },
  { prompt, variables }: Asked,
): string | Refusal<'invalid_input'> {
  if (promptTemplate === null) {
    if (variables !== undefined) return invalid('variables', 'the operation has no prompt of its own');
    return prompt ?? invalid('prompt', 'is missing');
  }
  if (prompt !== undefined)
    return invalid('prompt', 'the operation has a prompt of its own: name its variables');
  const values = new Map(Object.entries(variables ?? {}));
  const names = variablesOf(promptTemplate);
  const missing = names.find((name) => !values.has(name));
  if (missing !== undefined) return invalid(`variables.${missing}`, 'is missing');
  const unknown = [...values.keys()].find((name) => !names.includes(name));
  if (unknown !== undefined) return invalid(`variables.${unknown}`, 'is not a variable of the operation');
  // A few values may stand in a template many times, so the length is known before the text is made.
  if (lengthOf(promptTemplate, values) > promptCharactersMax)
    return invalid('variables', `make a prompt of more than ${promptCharactersMax} characters`);
  const filled = promptTemplate.replaceAll(mark, (_mark, name: string) => values.get(name) ?? '');
  return filled === '' ? invalid('variables', 'make an empty prompt') : filled;
}

function lengthOf(template: string, values: ReadonlyMap<string, string>): number {
  const marks = [...template.matchAll(mark)];
  return marks.reduce(
    (length, [text, name = '']) => length - text.length + (values.get(name) ?? '').length,
    template.length,
  );
}

const invalid = (path: string, message: string): Refusal<'invalid_input'> =>
  refuse('invalid_input', { errors: [{ path, message }] });
