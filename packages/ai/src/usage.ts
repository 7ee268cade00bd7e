import { estimateTokens } from './estimate-tokens.ts';
import type { Completion, CompletionRequest } from './port.ts';

/** The tokens of a completion. */
export type Measure = Pick<
  Completion,
  'inputTokens' | 'cachedInputTokens' | 'outputTokens' | 'reasoningTokens' | 'source'
>;

/** The most characters that one token of any known vocabulary stands for: a run of blanks. */
const charactersPerTokenMax = 128;
/** What a provider may add to a prompt of its own: roles, a template, instructions. */
const addedTokensMax = 4096;

/**
 * The tokens that a provider reported, when they can be true of these texts. Otherwise both are estimated: a report that
 * is missing, is no count, or is absurd for one half is not believed for the other.
 */
export function measure(
  { prompt, outputTokensMax }: Pick<CompletionRequest, 'prompt' | 'outputTokensMax'>,
  output: string,
  reported: Readonly<Record<string, unknown>> = {},
): Measure {
  const { inputTokens, outputTokens, ...parts } = countsOf(reported);
  const isTrue =
    isCount(inputTokens) &&
    isCount(outputTokens) &&
    inputTokens >= leastTokens(prompt) &&
    inputTokens <= mostTokens(prompt) + addedTokensMax &&
    outputTokens >= leastTokens(output) &&
    outputTokens <= Math.max(mostTokens(output), 2 * outputTokensMax);
  if (isTrue)
    return {
      inputTokens,
      cachedInputTokens: Math.min(parts.cachedInputTokens, inputTokens),
      outputTokens,
      reasoningTokens: Math.min(parts.reasoningTokens, outputTokens),
      source: 'reported',
    };
  const none = { cachedInputTokens: 0, reasoningTokens: 0 };
  const [input, out] = [estimateTokens(prompt), estimateTokens(output)];
  return { ...none, inputTokens: input, outputTokens: out, source: 'estimated' };
}

/**
 * The counts of a report. Cached tokens are part of the prompt, and reasoning tokens part of the completion. Some
 * providers count the reasoning beside the completion: there the total is what says so, and it is added once.
 */
function countsOf(reported: Readonly<Record<string, unknown>>) {
  const { prompt_tokens: inputTokens, completion_tokens: shown, total_tokens: total } = reported;
  const cached =
    partOf(reported['prompt_tokens_details'], 'cached_tokens') ?? reported['prompt_cache_hit_tokens'];
  const named = partOf(reported['completion_tokens_details'], 'reasoning_tokens');
  const counts = {
    inputTokens,
    outputTokens: shown,
    cachedInputTokens: countOr0(cached),
    reasoningTokens: countOr0(named),
  };
  if (!isCount(inputTokens) || !isCount(shown) || !isCount(total)) return counts;
  const hidden = total - inputTokens - shown;
  const isBeside = hidden > 0 && (named === undefined || named === null || named === hidden);
  return isBeside ? { ...counts, outputTokens: shown + hidden, reasoningTokens: hidden } : counts;
}

function partOf(details: unknown, name: string): unknown {
  return typeof details === 'object' && details !== null ? Reflect.get(details, name) : undefined;
}

const countOr0 = (value: unknown): number => (isCount(value) ? value : 0);

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function leastTokens(text: string): number {
  return Math.ceil(text.length / charactersPerTokenMax);
}

/** No vocabulary has a token of less than one byte. What a model thinks and does not show is bounded by what was asked. */
function mostTokens(text: string): number {
  return Buffer.byteLength(text);
}
