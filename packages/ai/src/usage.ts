import { estimateTokens } from './estimate-tokens.ts';
import type { Completion, CompletionRequest } from './port.ts';

/** The tokens of a completion. */
export type Measure = Pick<Completion, 'inputTokens' | 'outputTokens' | 'source'>;

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
  const { prompt_tokens: inputTokens, completion_tokens: outputTokens } = reported;
  const isTrue =
    isCount(inputTokens) &&
    isCount(outputTokens) &&
    inputTokens >= leastTokens(prompt) &&
    inputTokens <= mostTokens(prompt) + addedTokensMax &&
    outputTokens >= leastTokens(output) &&
    outputTokens <= Math.max(mostTokens(output), 2 * outputTokensMax);
  return isTrue
    ? { inputTokens, outputTokens, source: 'reported' }
    : { inputTokens: estimateTokens(prompt), outputTokens: estimateTokens(output), source: 'estimated' };
}

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
