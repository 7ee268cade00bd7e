import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { demoCatalogueFile, readDemoCatalogue } from './file.ts';
import { catalogueCharactersMax, parseCatalogue } from './parse.ts';

const demo = readFileSync(demoCatalogueFile, 'utf8');
/** The demo's file with one text in place of another. */
const changed = (from: string, to: string) => {
  if (!demo.includes(from)) throw new Error(`the demo has no ${from}`);
  return demo.replace(from, () => to);
};
const lineOf = (text: string, part: string) => text.slice(0, text.indexOf(part)).split('\n').length;
const faultsOf = (text: string) => {
  const parsed = parseCatalogue(text);
  return 'faults' in parsed ? parsed.faults : [];
};

describe('a catalogue', () => {
  it('is read with its defaults, its aliases and its comments', () => {
    const { plans, operations, packages, issuer } = readDemoCatalogue();
    expect(plans['starter']).toMatchObject({
      state: 'listed',
      cycle: 'monthly',
      graceDays: 7,
      purchaseDays: null,
    });
    expect(plans['starter']?.throttle).toEqual(plans['trial']?.throttle);
    expect(operations['write_content']).toMatchObject({
      kind: 'text',
      rate: 10,
      rates: null,
      outputTokensMax: 32_000,
    });
    expect(packages['small']?.price).toEqual({ amount: 3500, currency: 'USD' });
    expect(issuer?.payees['USD']?.iban).toBeNull();
  });

  it('is read from JSON', () => {
    const catalogue = readDemoCatalogue();
    expect(parseCatalogue(JSON.stringify({ ...catalogue, catalogue: 1 }))).toEqual({ catalogue });
  });

  it.each([
    ['a negative price', 'amount: 2900', 'amount: -5', '>=0'],
    ['a price with a fraction', 'amount: 2900', 'amount: 29.5', 'xpected int'],
    ['a price that no number counts', 'amount: 2900', 'amount: 9007199254740993', '9007199254740991'],
    ['infinity', 'amount: 2900', 'amount: .inf', 'number'],
    ['a wrong type', 'auth: 20', 'auth: fast', 'Expected number, received string'],
    ['a rate of nothing', 'auth: 20', 'auth: 0', '>=1'],
    ['a plan without a rate', '      auth: 20\n', '', 'is missing'],

    ['an unknown key', 'trialDays: 14', 'trialDay: 14', 'known are name, state'],
    ['a currency in small letters', 'currency: USD } # in cents', 'currency: usd }', 'three capitals'],
    [
      'a feature that nothing declares',
      'features: [sites, operations]',
      'features: [sites, exports]',
      'not declared',
    ],
    ['a feature twice', 'features: [sites, operations]', 'features: [sites, sites]', 'listed twice'],
    ['a limit that nothing declares', 'apiKeys: 2 }', 'apiKeys: 2, projects: 3 }', 'not declared'],
    ['a limit below nothing', 'users: 2', 'users: -2', '>=1'],
    ['more sectors than a site has', 'sectorsPerSite: 3', 'sectorsPerSite: 6', '<=5'],
    ['a state of no list', 'state: unlisted', 'state: hidden', 'listed'],
    ['an operation without a rate', 'unit: request, rate: 15', 'unit: request', 'one of rate and rates'],
    [
      'rates of another unit',
      'unit: item, rate: 2',
      'unit: item, rates: { input: 1, cachedInput: 1, output: 1 }',
      'unit token',
    ],
    ['two keys of one name', '  growth:', '  starter:', 'starter is here twice; keep one.'],
    [
      'an IBAN with a wrong digit',
      'account: [Routing 000000000, Account 0000000000]',
      'iban: DE89370400440532013001',
      'check digits',
    ],
    ['a name of a built-in feature', 'plans:\n', 'features: { sites: mine }\nplans:\n', 'built in'],
    ['another format', 'catalogue: 1', 'catalogue: 2', 'xpected 1'],
    ['a tag', 'name: Growth', 'name: !secret Growth', 'tag'],
    ['bytes', 'name: Growth', 'name: !!binary aGVsbG8=', 'Expected string'],
  ])('is refused for %s, with its line', (_what, from, to, message) => {
    const text = changed(from, to);
    const [first] = faultsOf(text);
    expect(first?.message).toContain(message);
    if (to !== '') expect(Math.abs((first?.line ?? 0) - lineOf(demo, from))).toBeLessThanOrEqual(1);
  });

  it.each([
    [
      'fewer settles than holds',
      'credit_settle: 1920',
      'credit_settle: 1919',
      'must be 1920',
      'throttle: &rates',
    ],
    [
      'a payee without an account',
      'account: [Routing 000000000, Account 0000000000]',
      'bic: null',
      'an iban, or',
      'USD:\n',
    ],
  ])('is refused for %s, with the line of what is incomplete', (_what, from, to, message, at) => {
    const [first] = faultsOf(changed(from, to));
    expect(first).toMatchObject({ line: lineOf(demo, at), message: expect.stringContaining(message) });
  });

  it('names every fault at once', () => {
    const text = demo.replace('amount: 2900', 'amount: -1').replace('unitSize: 100,', 'unitSize: 0,');
    expect(faultsOf(text).map(({ at }) => at)).toEqual([
      'plans.starter.price.amount',
      'operations.summarise.unitSize',
    ]);
  });

  it('takes an IBAN in groups', () => {
    const text = changed(
      'account: [Routing 000000000, Account 0000000000]',
      'iban: DE89 3704 0044 0532 0130 00',
    );
    expect(faultsOf(text)).toEqual([]);
  });

  const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
    .concat(Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n}, `.repeat(10)}x]`))
    .join('\n');
  const mergeBomb = ['a0: &a0 { k: 1 }']
    .concat(Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} { <<: [${`*a${n}, `.repeat(10)}] }`))
    .join('\n');
  const manyKeys = `catalogue: 1\n${Array.from({ length: 150_000 }, (_, n) => `${n + 99_999}: 1`).join('\n')}`;
  it.each([
    ['nothing', '', 'Expected object'],
    ['a list', '[1, 2]', 'Expected object'],
    ['no YAML', 'plans: {', 'end with'],
    ['aliases that expand without end', bomb, 'aliases'],
    ['an alias of itself', 'plans: &a { b: *a }', ''],
    ['merge keys that expand without end', mergeBomb, 'aliases'],
    ['an alias of nothing', 'plans: *a', 'Unresolved alias'],
    ['more aliases than are resolved', `a: &a {}\nb: [${'*a, '.repeat(10_001)}]`, 'has 10001 aliases'],
    ['a map of 150,000 keys', manyKeys, '99999 is not known here'],
    ['deep nesting', '['.repeat(200_000), 'nested too deeply'],
    ['deep maps', 'a: {'.repeat(100_000), ''],
    ['two documents', 'catalogue: 1\n---\ncatalogue: 1', 'multiple documents'],
    ['5 MB', `# ${'x'.repeat(5_000_000)}`, 'the most are'],
    ['a key of the prototype', 'catalogue: 1\n__proto__: { plans: {} }', 'cannot be a name'],
    ['a plan of the prototype', 'catalogue: 1\nplans: { __proto__: {} }', 'cannot be a name'],
    ['a list as a key', 'catalogue: 1\n? [a]\n: 1', 'not known here'],
    ['binary', '\u0000\u0001\u0002', ''],
  ])('is refused for %s, in bounded time', (_what, text, message) => {
    const began = performance.now();
    const [first] = faultsOf(text);
    expect(first?.message).toContain(message);
    expect(performance.now() - began).toBeLessThan(20_000);
  });

  it('is read with more than a hundred plans that share their rates', () => {
    const plan = demo.slice(demo.indexOf('  starter:'), demo.indexOf('  growth:'));
    const plans = Array.from({ length: 300 }, (_, n) => plan.replace('starter', `p${n}`)).join('');
    const parsed = parseCatalogue(changed('  growth:', `${plans}  growth:`));
    expect('catalogue' in parsed && Object.keys(parsed.catalogue.plans)).toHaveLength(304);
  });

  it('tells at most 100 faults', () => {
    const many = Array.from({ length: 5000 }, (_, n) => `  p${n}: {}`).join('\n');
    expect(faultsOf(`catalogue: 1\nplans:\n${many}`)).toHaveLength(100);
  });

  it('is read up to the most characters', () => {
    const long = `${demo}# ${'x'.repeat(catalogueCharactersMax - demo.length - 2)}`;
    expect(faultsOf(long)).toEqual([]);
    expect(faultsOf(`${long}x`)).toHaveLength(1);
  });
});
