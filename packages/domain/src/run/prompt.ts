import { type Refusal, refuse } from '../refusals.ts';

/** The most UTF-16 units of a prompt, whoever wrote it. */
export const promptCharactersMax = 100_000;

/** The name of a variable of a prompt template. */
export const variableName = /^[a-z][A-Za-z0-9_]{0,49}$/;

/** The most variables that a run gives values. */
export const variablesMax = 50;

/** Bounded, so that a template without an end is read in linear time. */
const mark = /\{\{([^{}]{0,60})\}\}/g;

/** The names of the variables of a template, each once, in the order in which they stand in it. */
export function variablesOf(template: string): string[] {
  return [...new Set([...template.matchAll(mark)].map(([, name = '']) => name))];
}

/** What is wrong with a template, and the part of it that is meant; none where the whole template is. */
export interface TemplateFault {
  message: string;
  part?: string;
}

/** Everything that is wrong with a template: marks that are not `{{name}}`, and more variables than a run can give. */
export function faultsOfTemplate(template: string): TemplateFault[] {
  const names = variablesOf(template);
  const wrong = names
    .filter((name) => !variableName.test(name))
    .map((name) => ({ part: `{{${name}}}`, message: `{{${name}}} is no variable: ${rightMark(name)}` }));
  const open = unclosedMark(template);
  const unclosed =
    open === undefined ? [] : [{ part: open, message: `${open} is not closed by }} behind a name` }];
  const tooMany =
    names.length > variablesMax
      ? [{ message: `a run gives at most ${variablesMax} variables, and this has ${names.length}` }]
      : [];
  return [...wrong, ...unclosed, ...tooMany];
}

function rightMark(name: string): string {
  const trimmed = name.trim();
  return variableName.test(trimmed)
    ? `write {{${trimmed}}}`
    : `write {{name}} without blanks, with a name of letters, digits and _ that begins with a lower-case letter, at most 50`;
}

/** The first `{{` that no mark begins with, and what follows it on its line. */
function unclosedMark(template: string): string | undefined {
  const rest = template.replaceAll(mark, (text) => ' '.repeat(text.length));
  const at = rest.indexOf('{{');
  return at < 0 ? undefined : (/^[^\n]{1,20}/.exec(template.slice(at))?.[0] ?? '{{');
}

/**
 * What is wrong between a template and the variables that are declared for it: one that only one of them has, a name
 * that is none, and a name twice. `place` is where in the declaration it is.
 */
export function faultsOfVariables(
  template: string | null,
  declared: readonly string[],
): (TemplateFault & { place?: number })[] {
  if (template === null)
    return [
      {
        message:
          'an operation without a promptTemplate has no variables: write the template, or leave variables out',
      },
    ];
  const names = variablesOf(template).filter((name) => variableName.test(name));
  const listed = declared.flatMap((name, place) => {
    const message = faultOfDeclared(name, declared.indexOf(name) < place, names);
    return message === undefined ? [] : [{ place, message }];
  });
  const unknown = names
    .filter((name) => !declared.includes(name))
    .map((name) => ({
      part: `{{${name}}}`,
      message: `{{${name}}} is not declared: list ${name} under variables, or write ${eitherOf(declared)}`,
    }));
  return [...listed, ...unknown];
}

const eitherOf = (names: readonly string[]) =>
  names.length === 0 ? 'no mark' : `one of ${names.map((name) => `{{${name}}}`).join(', ')}`;

function faultOfDeclared(name: string, isRepeated: boolean, used: readonly string[]): string | undefined {
  if (!variableName.test(name)) return `${name} cannot be a variable: ${rightMark(name)}`;
  if (isRepeated) return `${name} is listed twice; list it once`;
  return used.includes(name)
    ? undefined
    : `promptTemplate does not use ${name}: write {{${name}}} there, or leave it out`;
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
