import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { type LanguageModelUsage, generateText, streamText } from 'ai';
import { estimateTokens } from './estimate-tokens.ts';
import { errorOf, lateError } from './failure.ts';
import { type Completion, type CompletionRequest, type Provider, ProviderError } from './port.ts';

export type ProviderSettings = {
  /** Up to and including `/v1`. */
  readonly baseUrl: string;
  readonly apiKey?: string;
  readonly model: string;
  /** How long one call may take, answer included. */
  readonly deadlineSeconds: number;
};

/** A provider behind any endpoint that speaks OpenAI's chat completions. One attempt per call: each may be billed. */
export function openProvider(settings: ProviderSettings): Provider {
  const models = createOpenAICompatible({
    name: 'provider',
    includeUsage: true,
    baseURL: settings.baseUrl,
    ...(settings.apiKey === undefined ? {} : { apiKey: settings.apiKey }),
  });

  async function complete(request: CompletionRequest): Promise<Completion> {
    const deadline = AbortSignal.timeout(settings.deadlineSeconds * 1000);
    try {
      request.signal.throwIfAborted();
      const { text, usage } = await generateText({
        model: models.chatModel(request.model ?? settings.model),
        prompt: request.prompt,
        maxOutputTokens: request.outputTokensMax,
        maxRetries: 0,
        abortSignal: AbortSignal.any([request.signal, deadline]),
      });
      return { output: text, ...measure(request.prompt, text, usage) };
    } catch (error) {
      throw request.signal.aborted || deadline.aborted ? lateError(request.signal) : errorOf(error);
    }
  }

  async function* stream(request: CompletionRequest): AsyncGenerator<string, Measure, void> {
    const deadline = AbortSignal.timeout(settings.deadlineSeconds * 1000);
    const left = new AbortController();
    let output = '';
    let usage: LanguageModelUsage | undefined;
    try {
      request.signal.throwIfAborted();
      const { fullStream } = streamText({
        model: models.chatModel(request.model ?? settings.model),
        prompt: request.prompt,
        maxOutputTokens: request.outputTokensMax,
        maxRetries: 0,
        abortSignal: AbortSignal.any([request.signal, deadline, left.signal]),
        // A failure comes as a part of the stream; the library would print it too.
        onError: () => undefined,
      });
      for await (const part of fullStream) {
        if (part.type === 'error') throw part.error;
        if (part.type === 'abort') throw new ProviderError('aborted');
        if (part.type === 'finish-step') usage = part.usage;
        if (part.type !== 'text-delta' || part.text === '') continue;
        output += part.text;
        yield part.text;
      }
      if (usage === undefined) throw new ProviderError('broken_stream');
      return measure(request.prompt, output, usage);
    } catch (error) {
      throw request.signal.aborted || deadline.aborted
        ? lateError(request.signal)
        : errorOf(error, { hasBegun: output !== '' });
    } finally {
      left.abort();
    }
  }

  return { complete, stream };
}

type Measure = Pick<Completion, 'inputTokens' | 'outputTokens' | 'source'>;

/** The library turns a missing half of the usage into zero, so the provider's own answer decides what was reported. */
function measure(prompt: string, output: string, usage: LanguageModelUsage): Measure {
  const { prompt_tokens: inputTokens, completion_tokens: outputTokens } = usage.raw ?? {};
  if (isCount(inputTokens) && isCount(outputTokens)) return { inputTokens, outputTokens, source: 'reported' };
  return { inputTokens: estimateTokens(prompt), outputTokens: estimateTokens(output), source: 'estimated' };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}
