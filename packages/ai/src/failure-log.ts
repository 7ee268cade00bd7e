import { type CompletionRequest, type Provider, ProviderError } from './port.ts';

/** Where failures are written. */
export interface FailureLog {
  warn(facts: object, message: string): void;
}

/**
 * A provider that writes one line at warn for each call that fails: `kind`, `status`, `retryAfterSeconds`, `operation` and
 * `durationMilliseconds`, and no text of the prompt or the provider. A caller who leaves is no failure.
 */
export function withFailureLog({ complete, stream }: Provider, log: FailureLog): Provider {
  function note(error: unknown, { operation }: CompletionRequest, startMilliseconds: number): void {
    const durationMilliseconds = Math.round(performance.now() - startMilliseconds);
    if (!(error instanceof ProviderError)) {
      log.warn({ kind: 'unexpected', operation, durationMilliseconds }, 'the provider failed');
      return;
    }
    const { kind, status, retryAfterSeconds } = error;
    if (kind === 'aborted') return;
    log.warn({ kind, status, retryAfterSeconds, operation, durationMilliseconds }, 'the provider failed');
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
