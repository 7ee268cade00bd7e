import { describe, expect, it } from 'vitest';
import { estimateTokens } from './estimate-tokens.ts';
import { measure } from './usage.ts';

const prompt = 'Write one sentence about tea.';
const output = 'Tea is a warm drink that people share.';
const asked = { prompt, outputTokensMax: 500 };
const estimated = {
  inputTokens: estimateTokens(prompt),
  outputTokens: estimateTokens(output),
  cachedInputTokens: 0,
  reasoningTokens: 0,
  source: 'estimated',
};

describe('the tokens that a provider reports', () => {
  it.each([
    ['what it counted', 8, 9],
    ['a template that it added', 900, 9],
    ['tokens that it thought and did not show', 8, 500],
  ])('are believed: %s', (_what, inputTokens, outputTokens) => {
    const reported = { prompt_tokens: inputTokens, completion_tokens: outputTokens };
    expect(measure(asked, output, reported)).toEqual({
      inputTokens,
      cachedInputTokens: 0,
      outputTokens,
      reasoningTokens: 0,
      source: 'reported',
    });
  });

  it.each([
    ['nothing', {}],
    ['half of it', { prompt_tokens: 8 }],
    ['zeros beside real text', { prompt_tokens: 0, completion_tokens: 0 }],
    ['output without input', { prompt_tokens: 0, completion_tokens: 9 }],
    ['input without output', { prompt_tokens: 8, completion_tokens: 0 }],
    ['a negative count', { prompt_tokens: -8, completion_tokens: 9 }],
    ['half a token', { prompt_tokens: 8, completion_tokens: 9.5 }],
    ['no number', { prompt_tokens: '8', completion_tokens: '9' }],
    ['null', { prompt_tokens: null, completion_tokens: null }],
    ['infinity', { prompt_tokens: 8, completion_tokens: Number.POSITIVE_INFINITY }],
    ['more than a number counts exactly', { prompt_tokens: 8, completion_tokens: 2 ** 53 }],
    ['an output far above what was asked for', { prompt_tokens: 8, completion_tokens: 5_000_000 }],
    ['an input far above its text', { prompt_tokens: 5_000_000, completion_tokens: 9 }],
  ])('count as not reported: %s', (_what, reported) => {
    expect(measure(asked, output, reported)).toEqual(estimated);
  });

  const usageOf = (more: object) => {
    const counts = { prompt_tokens: 8, completion_tokens: 30, ...more };
    const { cachedInputTokens, outputTokens, reasoningTokens, source } = measure(asked, output, counts);
    return [cachedInputTokens, outputTokens, reasoningTokens, source];
  };
  it.each([
    [
      'cached and reasoning tokens as parts',
      {
        prompt_tokens_details: { cached_tokens: 6 },
        completion_tokens_details: { reasoning_tokens: 20 },
        total_tokens: 38,
      },
      [6, 30, 20],
    ],
    ['hits of a cache by another name', { prompt_cache_hit_tokens: 5 }, [5, 30, 0]],
    [
      'reasoning that the total counts beside the completion',
      { completion_tokens_details: { reasoning_tokens: 20 }, total_tokens: 58 },
      [0, 50, 20],
    ],
    ['reasoning that the total alone tells of', { total_tokens: 58 }, [0, 50, 20]],
    [
      'a total that agrees with nothing',
      { completion_tokens_details: { reasoning_tokens: 20 }, total_tokens: 50 },
      [0, 30, 20],
    ],
    ['a total below its parts', { total_tokens: 7 }, [0, 30, 0]],
    ['more cached than there was', { prompt_tokens_details: { cached_tokens: 900 } }, [8, 30, 0]],
    ['more reasoning than there was', { completion_tokens_details: { reasoning_tokens: 900 } }, [0, 30, 30]],
    [
      'parts that are no counts',
      { prompt_tokens_details: { cached_tokens: -1 }, completion_tokens_details: { reasoning_tokens: 0.5 } },
      [0, 30, 0],
    ],
    ['parts that are none', { prompt_tokens_details: null, completion_tokens_details: 'x' }, [0, 30, 0]],
  ])('have parts: %s', (_what, more, expected) => {
    expect(usageOf(more)).toEqual([...expected, 'reported']);
  });

  it('count as not reported when the total makes the output absurd', () => {
    expect(
      measure(asked, output, { prompt_tokens: 8, completion_tokens: 9, total_tokens: 9_000_000 }),
    ).toEqual(estimated);
  });

  it('may be none of an output that is empty, and not one of a long text', () => {
    const none = { prompt_tokens: 8, completion_tokens: 0 };
    expect(measure(asked, '', none)).toMatchObject({ outputTokens: 0, source: 'reported' });
    const one = { prompt_tokens: 1, completion_tokens: 1 };
    expect(measure(asked, 'word '.repeat(1000), one).source).toBe('estimated');
    expect(measure({ ...asked, prompt: 'word '.repeat(1000) }, output, one).source).toBe('estimated');
  });

  it('are within what the texts can have, whatever is reported', () => {
    const counts = [
      undefined,
      null,
      -1,
      0,
      0.5,
      1,
      7,
      500,
      1000,
      1001,
      4200,
      1e6,
      2 ** 53,
      Number.NaN,
      '9',
      {},
    ];
    const texts = ['', 'a', output, 'é😀漢', 'word '.repeat(400)];
    let believed = 0;
    for (const text of texts)
      for (const given of texts)
        for (const input of counts)
          for (const out of counts) {
            const one = { prompt: given, outputTokensMax: 500 };
            const found = measure(one, text, { prompt_tokens: input, completion_tokens: out });
            believed += found.source === 'reported' ? 1 : 0;
            expect(Number.isSafeInteger(found.inputTokens) && found.inputTokens >= 0).toBe(true);
            expect(found.outputTokens > 0 || text === '').toBe(true);
            expect(found.inputTokens > 0 || given === '').toBe(true);
            expect(found.outputTokens).toBeLessThanOrEqual(Math.max(1000, Buffer.byteLength(text)));
            expect(found.inputTokens).toBeLessThanOrEqual(Buffer.byteLength(given) + 4096);
          }
    expect(believed).toBeGreaterThan(100);
  });
});
