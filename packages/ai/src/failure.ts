import { APICallError, InvalidArgumentError, InvalidPromptError } from 'ai';
import { ProviderError, type ProviderErrorKind } from './port.ts';

const retryAfterSecondsMax = 86_400;

/** The error of a call that was ended: by its caller, or else by our deadline. */
export function lateError(signal: AbortSignal): ProviderError {
  return new ProviderError(signal.aborted ? 'aborted' : 'timeout');
}

/** What the library threw, without its texts. `hasBegun` says that a part of a stream had come. */
export function errorOf(error: unknown, { hasBegun = false } = {}): ProviderError {
  if (error instanceof ProviderError) return error;
  if (InvalidPromptError.isInstance(error) || InvalidArgumentError.isInstance(error)) {
    return new ProviderError('refused');
  }
  if (hasBegun) return new ProviderError('broken_stream');
  if (!APICallError.isInstance(error)) return new ProviderError('unavailable');
  const { statusCode: status, responseHeaders } = error;
  return new ProviderError(kindOf(status), {
    status,
    retryAfterSeconds: secondsOf(responseHeaders?.['retry-after']),
  });
}

/** Of the 4xx only a timeout and a full queue may pass by themselves. */
function kindOf(status: number | undefined): ProviderErrorKind {
  if (status === 429) return 'rate_limited';
  return status !== undefined && status >= 400 && status < 500 && status !== 408 ? 'refused' : 'unavailable';
}

/** `Retry-After` as whole seconds, at most a day; its other form, a date, counts as not given. */
function secondsOf(header: string | undefined): number | undefined {
  if (header === undefined || !/^\d{1,9}$/.test(header)) return undefined;
  return Math.min(Number(header), retryAfterSecondsMax);
}
