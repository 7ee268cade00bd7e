import { type CompletionRequest, type Provider, ProviderError } from './port.ts';

/** Where failures are written. */
export interface FailureLog {
  error(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

/**
 * A provider that writes one line for each call that fails: `requestId`, `operation`, `kind`, `status`, `reason`,
 * `retryAfterSeconds` and `durationMilliseconds`, and no text of the prompt or the provider. The line is at error where
 * only an operator can help: the provider takes our account no more, or knows no such model. A caller who leaves is no
 * failure.
 */
export function withFailureLog({ complete, stream }: Provider, log: FailureLog): Provider {
  function note(error: unknown, request: CompletionRequest, startMilliseconds: number): void {
    const { requestId, operation } = request;
    const durationMilliseconds = Math.round(performance.now() - startMilliseconds);
    const call = { requestId, operation, durationMilliseconds };
    if (!(error instanceof ProviderError)) {
      log.warn({ kind: 'unexpected', ...call }, 'the provider failed');
      return;
    }
    const { kind, status, reason, retryAfterSeconds } = error;
    if (kind === 'aborted') return;
    const level = kind === 'account' || reason === 'model_not_found' ? 'error' : 'warn';
    log[level]({ kind, status, reason, retryAfterSeconds, ...call }, 'the provider failed');
  }

  return {
    async complete(request) {
      const start = performance.now();
      try {
        return await complete(request);
      } catch (error) {
        note(error, request, start);
        throw error;
      }
    },
    async *stream(request) {
      const start = performance.now();
      try {
        return yield* stream(request);
      } catch (error) {
        note(error, request, start);
        throw error;
      }
    },
  };
}

/** A provider where none is configured: every call is `unavailable`. */
export const absentProvider: Provider = {
  complete: () => Promise.reject(new ProviderError('unavailable')),
  async *stream() {
    yield* [];
    throw new ProviderError('unavailable');
  },
};
