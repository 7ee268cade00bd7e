/** What a run asks of a model. */
export type CompletionRequest = {
  /** Takes the provider's configured model when absent. */
  readonly model?: string;
  readonly prompt: string;
  /** The most tokens the answer may have, at least 1. */
  readonly outputTokensMax: number;
  /** Aborting it ends the call and closes the socket. */
  readonly signal: AbortSignal;
};

export type Completion = {
  readonly output: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** `reported` by the provider, or `estimated` from the texts because it reported nothing usable. */
  readonly source: 'reported' | 'estimated';
};

/** Where completions come from. */
export interface Provider {
  /** @throws ProviderFault, and nothing else, when there is no completion */
  complete(request: CompletionRequest): Promise<Completion>;
  /**
   * The same, piece by piece as it comes; what it used is returned at the end. Leaving it closes the socket.
   * @throws ProviderFault, and nothing else, when it ends before its end
   */
  stream(request: CompletionRequest): AsyncGenerator<string, Omit<Completion, 'output'>, void>;
}

/**
 * Why there is no completion: the provider is `unavailable` (unreachable, broken, overloaded), it `refused` the request,
 * our deadline passed (`timeout`), or the caller gave up (`aborted`).
 */
export type ProviderFaultKind = 'unavailable' | 'refused' | 'timeout' | 'aborted';

/** A failed call. It holds no text of the provider and no cause, so it can be logged and shown. */
export class ProviderFault extends Error {
  override readonly name = 'ProviderFault';
  readonly kind: ProviderFaultKind;
  /** The HTTP status the provider answered with, if it answered. */
  readonly status: number | undefined;

  constructor(kind: ProviderFaultKind, status?: number) {
    super(`provider fault: ${kind}`);
    this.kind = kind;
    this.status = status;
  }
}
