/** What a run asks of a model. */
export type CompletionRequest = {
  /** The id of the request and the name of the operation that asks, for the log; the provider does not see them. */
  readonly requestId: string;
  readonly operation: string;
  /** Takes the provider's configured model when absent. */
  readonly model?: string;
  readonly prompt: string;
  /** The most tokens the answer may have, at least 1. */
  readonly outputTokensMax: number;
  /** Aborting it ends the call and closes the socket. */
  readonly signal: AbortSignal;
};

/**
 * Why an output ended: the model had finished, it reached the most tokens that were asked for, or the provider withheld
 * the rest.
 */
export type FinishReason = 'stop' | 'length' | 'content_filter';

export type Completion = {
  readonly output: string;
  readonly finishReason: FinishReason;
  readonly inputTokens: number;
  /** Of the input, what the provider had in its cache. */
  readonly cachedInputTokens: number;
  readonly outputTokens: number;
  /** Of the output, what the model reasoned with and did not show. */
  readonly reasoningTokens: number;
  /** `reported` by the provider, or `estimated` from the texts because it reported nothing usable. */
  readonly source: 'reported' | 'estimated';
};

/** How a completion ended and what it used, without its output. */
export type CompletionEnd = Omit<Completion, 'output'>;

/** Where completions come from. */
export interface Provider {
  /** @throws ProviderError, and nothing else, when there is no completion */
  complete(request: CompletionRequest): Promise<Completion>;
  /**
   * The same, piece by piece as it comes; what it used is returned at the end. Leaving it closes the socket.
   * @throws ProviderError, and nothing else, when it ends before its end
   */
  stream(request: CompletionRequest): AsyncGenerator<string, CompletionEnd, void>;
}

/**
 * Why there is no completion, or no whole one:
 * - `timeout`: our deadline passed.
 * - `refused`: the provider does not take the request, for `reason`; the same request is refused again.
 * - `account`: the provider does not take our key, our permission or our payment. An operator has to act.
 * - `rate_limited`: the provider takes no more requests for now.
 * - `unavailable`: the provider is unreachable, broken or overloaded.
 * - `broken_stream`: a stream ended before its end, after a part of it had come.
 * - `aborted`: the caller gave up.
 */
export type ProviderErrorKind =
  | 'timeout'
  | 'refused'
  | 'account'
  | 'rate_limited'
  | 'unavailable'
  | 'broken_stream'
  | 'aborted';

/** Why a provider takes no such request. */
export type RefusalReason = 'content_filter' | 'context_length' | 'invalid_request' | 'model_not_found';

/** What the provider's answer said about its failure; absent when it did not answer, or did not say. */
export interface ProviderErrorFacts {
  /** The HTTP status of the answer. */
  readonly status?: number | undefined;
  /** Why the provider does not take the request, of the kind `refused`. */
  readonly reason?: RefusalReason | undefined;
  /** When the provider asks to be called again, in whole seconds from now. */
  readonly retryAfterSeconds?: number | undefined;
}

/** A failed call. It holds no text of the provider and no cause, so it can be logged and shown. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly kind: ProviderErrorKind;
  readonly status: number | undefined;
  readonly reason: RefusalReason | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(kind: ProviderErrorKind, { status, reason, retryAfterSeconds }: ProviderErrorFacts = {}) {
    super(`the provider failed: ${kind}`);
    this.kind = kind;
    this.status = status;
    this.reason = reason;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
