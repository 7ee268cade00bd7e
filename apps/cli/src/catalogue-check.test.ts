import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoCatalogueFile } from '@tenantry/catalogue/file';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkFile } from './catalogue.ts';

let folder: string;
let file: string;
let demo: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'catalogue-'));
  file = join(folder, 'mine.yaml');
  demo = await readFile(demoCatalogueFile, 'utf8');
});
afterAll(() => rm(folder, { recursive: true }));

/** What `tenantry catalogue check` prints of a text, without the name of the file. */
async function checked(text: string): Promise<string[]> {
  await writeFile(file, text);
  return checkFile(file).lines.map((line) => line.replace(`${file}:`, ''));
}

/** The demo's file with one line in place of another; the lines of what is put in are counted from `from`. */
const changed = (from: string, to: string) => {
  if (!demo.includes(from)) throw new Error(`the demo has no ${from}`);
  return demo.replace(from, () => to);
};
/** The line of the demo in which a text stands. */
const lineOf = (part: string) => demo.slice(0, demo.indexOf(part)).split('\n').length;

const rate = '{ unit: item, rate: 2, minimum: 2 }';
const template = (more: string) => `{ unit: request, rate: 2, ${more} }`;

describe('the check of a file, in its own words', () => {
  it.each<[what: string, from: string, to: string, lines: string[]]>([
    [
      'a negative price',
      'amount: 2900',
      'amount: -5',
      ['plans.starter.price.amount: Expected number to be >=0.'],
    ],
    [
      'a wrong type',
      'credits: 5000\n',
      'credits: many\n',
      ['plans.starter.credits: Expected number, received string.'],
    ],
    [
      'an unknown key',
      'trialDays: 14',
      'trialDay: 14',
      [
        'plans.trial.trialDay: trialDay is not known here; known are name, state, internal, price, cycle, credits, rolloverCreditsMax, purchaseDays, trialDays, graceDays, features, limits, throttle.',
      ],
    ],
    [
      'an operation without a rate',
      rate,
      '{ unit: item, minimum: 2 }',
      ['operations.cluster_keywords: An operation has one of rate and rates, and not both.'],
    ],
    [
      'a template with a blank',
      rate,
      template("promptTemplate: 'To {{ language }}'"),
      ['operations.cluster_keywords.promptTemplate: {{ language }} is no variable: write {{language}}.'],
    ],
    [
      'a template that is not closed',
      rate,
      template("promptTemplate: 'To {{language'"),
      ['operations.cluster_keywords.promptTemplate: {{language is not closed by }} behind a name.'],
    ],
    [
      'a variable of the prototype',
      rate,
      template("promptTemplate: 'To {{__proto__}}'"),
      [
        'operations.cluster_keywords.promptTemplate: {{__proto__}} is no variable: write {{name}} without blanks, with a name of letters, digits and _ that begins with a lower-case letter, at most 50.',
      ],
    ],
    [
      'a variable that is misspelt',
      rate,
      template("promptTemplate: 'To {{langauge}}', variables: [language]"),
      [
        'operations.cluster_keywords.variables.0: promptTemplate does not use language: write {{language}} there, or leave it out.',
        'operations.cluster_keywords.promptTemplate: {{langauge}} is not declared: list langauge under variables, or write one of {{language}}.',
      ],
    ],
    [
      'a variable twice',
      rate,
      template("promptTemplate: '{{a}}', variables: [a, a]"),
      ['operations.cluster_keywords.variables.1: a is listed twice; list it once.'],
    ],
    [
      'variables without a template',
      rate,
      template('variables: [a]'),
      [
        'operations.cluster_keywords.variables: an operation without a promptTemplate has no variables: write the template, or leave variables out.',
      ],
    ],
    [
      'a text that no database stores',
      'name: Growth',
      'name: "Gro\\0wth"',
      ['plans.growth.name: Holds characters that cannot be stored.'],
    ],
    [
      'half a character',
      'name: Growth',
      'name: "\\ud83d"',
      ['plans.growth.name: Holds characters that cannot be stored.'],
    ],
  ])('names %s', async (_what, from, to, lines) => {
    const found = await checked(changed(from, to));
    expect(found).toEqual([...lines.map((line) => `✗ ${lineOf(from)} ${line}`), `${lines.length} found.`]);
  });

  it('names a plan without a rate at the line of its rates', async () => {
    const found = await checked(changed('      auth: 20\n', ''));
    expect(found[0]).toBe(
      `✗ ${lineOf('throttle: &rates')} plans.trial.throttle.auth: This is missing: it is number.`,
    );
  });

  it('names two keys of one name at the second', async () => {
    const found = await checked(changed('  growth:', '  starter:'));
    expect(found).toEqual([`✗ ${lineOf('  growth:')} starter is here twice; keep one.`, '1 found.']);
  });

  it('names the line inside a template of several lines', async () => {
    const text =
      'cluster_keywords:\n    unit: request\n    rate: 2\n    promptTemplate: |\n      Translate {{text}}\n      into {{ language }}.';
    const found = await checked(changed(`cluster_keywords: ${rate}`, text));
    expect(found).toEqual([
      `✗ ${lineOf('cluster_keywords') + 5} operations.cluster_keywords.promptTemplate: {{ language }} is no variable: write {{language}}.`,
      '1 found.',
    ]);
  });

  it('refuses a file of 5 MB, and anchors that expand without end', async () => {
    const plans = Array.from(
      { length: 60_000 },
      (_none, number) => `  p${number}: { name: A plan that is long enough to fill it, credits: 1 }`,
    );
    const long = `catalogue: 1\nplans:\n${plans.join('\n')}\n`;
    expect(long.length).toBeGreaterThan(4_000_000);
    expect(await checked(long)).toEqual([
      `✗ 1 The file has ${long.length} characters; the most are 4000000.`,
      '1 found.',
    ]);
    const bomb = Array.from({ length: 9 }, (_none, n) => `a${n + 1}: &a${n + 1} [${`*a${n}, `.repeat(10)}x]`);
    expect(await checked(['a0: &a0 [x, x]', ...bomb].join('\n'))).toEqual([
      expect.stringMatching(
        /^✗ 1 The file has \d+ values with its aliases written out; the most are 500000\.$/,
      ),
      '1 found.',
    ]);
  });
});
