import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import {
  type FinishReason as LibraryFinishReason,
  type LanguageModelUsage,
  generateText,
  streamText,
} from 'ai';
import { errorOf, isLimitRefused, lateError } from './failure.ts';
import { fetchWithLenientUsage } from './lenient-usage.ts';
import {
  type Completion,
  type CompletionEnd,
  type CompletionRequest,
  type FinishReason,
  type Provider,
  ProviderError,
} from './port.ts';
import { measure } from './usage.ts';

/** The field of a request that limits the tokens of the output. Newer models take the longer name alone. */
export const outputLimitFields = ['max_tokens', 'max_completion_tokens'] as const;
export type OutputLimitField = (typeof outputLimitFields)[number];

export type ProviderSettings = {
  /** Up to and including `/v1`. */
  readonly baseUrl: string;
  readonly apiKey?: string;
  readonly model: string;
  /** How long one call may take, answer included. */
  readonly deadlineSeconds: number;
  /** The field to begin with; a model that refuses it is asked with the other. Default: `max_tokens`. */
  readonly outputLimitField?: OutputLimitField;
};

/**
 * A provider behind any endpoint that speaks OpenAI's chat completions. One attempt per call, since each may be billed;
 * a second one only where the first was refused for the name of the output limit.
 */
export function openProvider(settings: ProviderSettings): Provider {
  const limitFields = new Map<string, OutputLimitField>();
  const limitFieldOf = (model: string) => limitFields.get(model) ?? settings.outputLimitField ?? 'max_tokens';
  const models = createOpenAICompatible({
    name: 'provider',
    includeUsage: true,
    baseURL: settings.baseUrl,
    fetch: fetchWithLenientUsage,
    transformRequestBody: ({ max_tokens: limit, ...body }) => ({
      ...body,
      [limitFieldOf(body['model'])]: limit,
    }),
    ...(settings.apiKey === undefined ? {} : { apiKey: settings.apiKey }),
  });

  /** What the library is asked. Its own retries are off. */
  function asked({ prompt, outputTokensMax, ...request }: CompletionRequest, signals: AbortSignal[]) {
    const model = request.model ?? settings.model;
    const abortSignal = AbortSignal.any(signals);
    return {
      model: models.chatModel(model),
      prompt,
      maxOutputTokens: outputTokensMax,
      maxRetries: 0,
      abortSignal,
    };
  }

  /** Whether to ask again, with the other name of the output limit, since the model does not know the first. */
  function takesOtherField({ model = settings.model }: CompletionRequest, error: unknown): boolean {
    if (limitFields.has(model) || !isLimitRefused(error)) return false;
    limitFields.set(model, limitFieldOf(model) === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens');
    return true;
  }

  async function complete(request: CompletionRequest): Promise<Completion> {
    const deadline = AbortSignal.timeout(settings.deadlineSeconds * 1000);
    const ask = () => generateText(asked(request, [request.signal, deadline]));
    try {
      request.signal.throwIfAborted();
      const answer = await ask().catch((error: unknown) => {
        if (takesOtherField(request, error)) return ask();
        throw error;
      });
      const { text, usage, finishReason } = answer;
      return { output: text, ...endOf(request, text, { usage, finishReason }) };
    } catch (error) {
      throw request.signal.aborted || deadline.aborted ? lateError(request.signal) : errorOf(error);
    }
  }

  async function* stream(request: CompletionRequest): AsyncGenerator<string, CompletionEnd, void> {
    const deadline = AbortSignal.timeout(settings.deadlineSeconds * 1000);
    const left = new AbortController();
    const ask = () => pieces(asked(request, [request.signal, deadline, left.signal]));
    let output = '';
    let end: LibraryEnd | undefined;
    try {
      request.signal.throwIfAborted();
      for (let parts = ask(); ; parts = ask()) {
        try {
          for await (const part of parts) {
            if (typeof part !== 'string') end = part;
            else {
              output += part;
              yield part;
            }
          }
          break;
        } catch (error) {
          if (output !== '' || !takesOtherField(request, error)) throw error;
        }
      }
      if (end === undefined) throw new ProviderError('broken_stream');
      return endOf(request, output, end);
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

/** How the library tells the end of a completion. */
type LibraryEnd = { usage: LanguageModelUsage; finishReason: LibraryFinishReason };

/** The pieces of a text as they come, and its end. Throws what comes as a failure. */
async function* pieces(options: Parameters<typeof streamText>[0]): AsyncGenerator<string | LibraryEnd> {
  // A failure comes as a part of the stream; the library would print it too.
  const { fullStream } = streamText({ ...options, onError: () => undefined });
  for await (const part of fullStream) {
    if (part.type === 'error') throw part.error;
    if (part.type === 'abort') throw new ProviderError('aborted');
    if (part.type === 'finish-step') yield { usage: part.usage, finishReason: part.finishReason };
    if (part.type === 'text-delta' && part.text !== '') yield part.text;
  }
}

/** The library turns a missing half of the usage into zero, so the provider's own answer decides what was reported. */
function endOf(
  request: CompletionRequest,
  output: string,
  { usage, finishReason }: LibraryEnd,
): CompletionEnd {
  return { finishReason: finishReasonOf(finishReason), ...measure(request, output, usage.raw) };
}

/** The library's reason; whatever is no limit and no filter has ended by itself. */
function finishReasonOf(reason: LibraryFinishReason): FinishReason {
  if (reason === 'content-filter') return 'content_filter';
  return reason === 'length' ? 'length' : 'stop';
}
