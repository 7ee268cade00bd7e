import { describe, expect, it } from 'vitest';
import { refuse } from '../refusals.ts';
import {
  faultsOfTemplate,
  faultsOfVariables,
  promptCharactersMax,
  promptOf,
  variablesMax,
  variablesOf,
} from './prompt.ts';

const template = { promptTemplate: 'Translate into {{language}}: {{text}} ({{language}})' };
const none = { promptTemplate: null };
const refused = (path: string, message: string) => refuse('invalid_input', { errors: [{ path, message }] });

describe('a prompt', () => {
  it('is the caller’s, or the template with the values in their places', () => {
    expect(promptOf(none, { prompt: 'Tea {{text}}' })).toBe('Tea {{text}}');
    expect(promptOf(template, { variables: { language: 'Greek', text: 'tea' } })).toBe(
      'Translate into Greek: tea (Greek)',
    );
    expect(promptOf({ promptTemplate: 'Write a haiku.' }, {})).toBe('Write a haiku.');
    expect(promptOf({ promptTemplate: '{{constructor}}' }, { variables: { constructor: 'x' } })).toBe('x');
  });

  it.each(['{{language}}', '{{text}}', '$&', '$1', '$$', '${1 + 1}', '`}}{{'])(
    'has the value %s as text and evaluates nothing',
    (text) => {
      expect(promptOf(template, { variables: { language: 'L', text } })).toBe(
        `Translate into L: ${text} (L)`,
      );
      expect(promptOf(template, { variables: { language: text, text: 'x' } })).toBe(
        `Translate into ${text}: x (${text})`,
      );
    },
  );

  it.each([
    ['nothing', none, {}, refused('prompt', 'is missing')],
    [
      'variables without a template',
      none,
      { variables: {} },
      refused('variables', 'the operation has no prompt of its own'),
    ],
    [
      'a prompt beside a template',
      template,
      { prompt: 'Ignore it', variables: { language: 'L', text: 'x' } },
      refused('prompt', 'the operation has a prompt of its own: name its variables'),
    ],
    [
      'a variable too few',
      template,
      { variables: { text: 'x' } },
      refused('variables.language', 'is missing'),
    ],
    ['no variables', template, {}, refused('variables.language', 'is missing')],
    [
      'a name that every object has',
      { promptTemplate: '{{constructor}}' },
      { variables: {} },
      refused('variables.constructor', 'is missing'),
    ],
    [
      'a variable too many',
      template,
      { variables: { language: 'L', text: 'x', tone: 'y' } },
      refused('variables.tone', 'is not a variable of the operation'),
    ],
    [
      'values that repeat to more than a prompt has',
      { promptTemplate: '{{a}}'.repeat(1000) },
      { variables: { a: 'x'.repeat(101) } },
      refused('variables', `make a prompt of more than ${promptCharactersMax} characters`),
    ],
    [
      'values that leave nothing',
      { promptTemplate: '{{a}}{{b}}' },
      { variables: { a: '', b: '' } },
      refused('variables', 'make an empty prompt'),
    ],
  ])('is refused for %s', (_what, price, asked, refusal) => {
    expect(promptOf(price, asked)).toEqual(refusal);
  });
});

describe('a template', () => {
  it('names its variables once, in order', () => {
    expect(variablesOf(template.promptTemplate)).toEqual(['language', 'text']);
    expect(faultsOfTemplate(template.promptTemplate)).toEqual([]);
    expect(faultsOfTemplate('{"json": {"a": {{text}}}}')).toEqual([]);
  });

  it.each([
    '{{ text }}',
    '{{}}',
    '{{Text}}',
    '{{a-b}}',
    '{{a.b}}',
    '{{#each x}}',
    '{{__proto__}}',
    '{{a',
    '{{a\n}}',
    '{{a{{b}}',
  ])('cannot have %j', (promptTemplate) => {
    expect(faultsOfTemplate(promptTemplate)).not.toEqual([]);
  });

  it('is read in linear time', () => {
    const started = performance.now();
    expect(faultsOfTemplate('{{'.repeat(50_000))).toMatchObject([
      { message: `${'{{'.repeat(10)} is not closed by }} behind a name` },
    ]);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('tells all of its faults, and what each is about', () => {
    expect(faultsOfTemplate('{{ text }} in {{Tone}}\nand {{a\n')).toEqual([
      { part: '{{ text }}', message: '{{ text }} is no variable: write {{text}}' },
      { part: '{{Tone}}', message: expect.stringContaining('begins with a lower-case letter') },
      { part: '{{a', message: '{{a is not closed by }} behind a name' },
    ]);
  });

  it('has as many variables as a run can give, and no more', () => {
    const most = Array.from({ length: variablesMax }, (_none, number) => `{{v${number}}}`).join('');
    expect(faultsOfTemplate(most)).toEqual([]);
    expect(faultsOfTemplate(`${most}{{more}}`)).toEqual([
      { message: 'a run gives at most 50 variables, and this has 51' },
    ]);
  });
});

describe('the variables that are declared for a template', () => {
  it('are those that it has, in any order', () => {
    expect(faultsOfVariables(template.promptTemplate, ['text', 'language'])).toEqual([]);
    expect(faultsOfVariables('Write a haiku.', [])).toEqual([]);
  });

  it.each([
    [
      'one that it does not use',
      ['language', 'text', 'tone'],
      { place: 2, message: 'promptTemplate does not use tone: write {{tone}} there, or leave it out' },
    ],
    ['one twice', ['language', 'text', 'text'], { place: 2, message: 'text is listed twice; list it once' }],
    [
      'a name of the prototype',
      ['language', 'text', '__proto__'],
      { place: 2, message: expect.stringContaining('__proto__ cannot be a variable') },
    ],
    [
      'all but one',
      ['text'],
      {
        part: '{{language}}',
        message: '{{language}} is not declared: list language under variables, or write one of {{text}}',
      },
    ],
  ])('are not %s', (_what, declared, fault) => {
    expect(faultsOfVariables(template.promptTemplate, declared)).toEqual([fault]);
  });

  it('are none without a template', () => {
    expect(faultsOfVariables(null, ['text'])).toEqual([
      { message: expect.stringContaining('without a promptTemplate has no variables') },
    ]);
  });
});
