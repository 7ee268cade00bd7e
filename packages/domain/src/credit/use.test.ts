import { describe, expect, it } from 'vitest';
import { isRefusal } from '../refusals.ts';
import type { OperationPrice, TokenRates } from './price.ts';
import { priceOfUse, quoteOfUse } from './use.ts';

const facts = {
  name: 'answer',
  version: 1,
  kind: 'text',
  unit: 'token',
  unitSize: 1000,
  creditsMin: 3,
  outputTokensDefault: 1,
  outputTokensMax: 1,
  model: null,
  promptTemplate: null,
} as const;
const atRates = (
  input: number,
  cachedInput: number,
  output: number,
): OperationPrice & { rates: TokenRates } => ({
  ...facts,
  creditsPerUnit: null,
  rates: { input, cachedInput, output },
});
const atOneRate = (unit: string): OperationPrice => ({ ...facts, unit, creditsPerUnit: 5, rates: null });
const used = (inputTokens: number, cachedInputTokens: number, outputTokens: number) => ({
  usage: { inputTokens, cachedInputTokens, outputTokens, source: 'reported' as const },
});
const factsOf = (path: string) => ({ facts: { errors: [{ path, message: expect.any(String) }] } });

describe('what work costs', () => {
  it('is the sum of its tokens at the rates of their sorts, rounded up once, and at least the minimum', () => {
    expect(priceOfUse(atRates(10, 1, 50), used(2000, 1500, 101))).toMatchObject({ credits: 12, units: 2101 });
    expect(priceOfUse(atRates(10, 1, 50), used(1, 0, 0))).toMatchObject({ credits: 3 });
  });

  it('is all tokens at one rate where there is one', () => {
    expect(priceOfUse(atOneRate('token'), used(900, 0, 101))).toMatchObject({ credits: 10, units: 1001 });
  });

  it('is nothing for nothing', () => {
    expect(priceOfUse(atRates(10, 1, 50), used(0, 0, 0))).toMatchObject({ credits: 0 });
    expect(priceOfUse(atOneRate('page'), { units: 0 })).toMatchObject({ credits: 0 });
  });

  it.each([
    ['tokens of another unit', atOneRate('page'), used(1, 0, 1), 'usage'],
    ['a number of tokens that have rates of their own', atRates(1, 1, 1), { units: 5 }, 'units'],
    ['nothing that is named', atOneRate('page'), {}, 'units'],
  ])('is refused for %s', (_what, price, use, path) => {
    expect(priceOfUse(price, use)).toMatchObject({ refused: 'invalid_input', ...factsOf(path) });
  });
});

describe('the most that work can cost', () => {
  it.each([
    ['output', atRates(10, 1, 50), { inputTokens: 0, outputTokens: 1001 }, 51],
    ['input', atRates(60, 1, 50), { inputTokens: 1001, outputTokens: 0 }, 61],
  ])('is every token at the rate of %s where that is the dearest', (_sort, price, usage, credits) => {
    expect(quoteOfUse(price, { units: 1001 })).toMatchObject({ credits, units: 1001, usage });
  });

  it('is never less than what the same number of tokens costs', () => {
    const prices = [atRates(10, 1, 50), atRates(60, 60, 50), atRates(0, 0, 7), atRates(7, 0, 0)];
    for (const price of prices)
      for (const cached of [0, 500, 1000]) {
        const [most, real] = [quoteOfUse(price, { units: 1234 }), priceOfUse(price, used(1000, cached, 234))];
        if (isRefusal(most) || isRefusal(real)) throw new Error('a use was refused');
        expect(real.credits).toBeLessThanOrEqual(most.credits);
      }
  });

  it('is what it costs where the sorts are named, or units have one rate', () => {
    expect(quoteOfUse(atRates(10, 1, 50), used(2000, 1500, 101))).toMatchObject({ credits: 12 });
    expect(quoteOfUse(atOneRate('page'), { units: 1001 })).toMatchObject({ credits: 10 });
  });
});
