import { APICallError } from 'ai';
import { describe, expect, it } from 'vitest';
import { errorOf, lateError } from './failure.ts';
import { ProviderError } from './port.ts';

/** What the library throws for an answer with this status. */
function answered(statusCode: number | undefined, responseHeaders: Record<string, string> = {}) {
  const call = { url: 'http://provider.test', requestBodyValues: { prompt: 'a prompt' } };
  return new APICallError({
    message: 'what the provider said',
    ...call,
    ...(statusCode === undefined ? {} : { statusCode }),
    responseHeaders,
    responseBody: 'what the provider said',
  });
}

describe('a failed call', () => {
  it.each([
    [400, 'refused'],
    [401, 'refused'],
    [404, 'refused'],
    [408, 'unavailable'],
    [422, 'refused'],
    [429, 'rate_limited'],
    [500, 'unavailable'],
    [503, 'unavailable'],
    [200, 'unavailable'],
    [undefined, 'unavailable'],
  ] as const)('that was answered with %s is %s', (status, kind) => {
    expect(errorOf(answered(status))).toMatchObject({ kind, status });
  });

  it.each([
    ['7', 7],
    ['0', 0],
    ['999999999', 86_400],
    ['-1', undefined],
    ['1.5', undefined],
    ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
    ['', undefined],
  ])('that asks for a retry after %j says %s seconds', (header, seconds) => {
    expect(errorOf(answered(503, { 'retry-after': header })).retryAfterSeconds).toBe(seconds);
  });

  it('holds no text of the prompt or the provider', () => {
    const error = errorOf(answered(500));
    expect(`${error.stack} ${JSON.stringify(error)} ${error.message}`).not.toMatch(/a prompt|provider said/);
    expect(error.cause).toBeUndefined();
  });

  it('that broke off after a part had come is a broken stream', () => {
    expect(errorOf(new Error('terminated'), { hasBegun: true }).kind).toBe('broken_stream');
    expect(errorOf(new Error('terminated')).kind).toBe('unavailable');
  });

  it('that was ended is an abort of the caller, or else a timeout', () => {
    expect(lateError(AbortSignal.abort()).kind).toBe('aborted');
    expect(lateError(new AbortController().signal).kind).toBe('timeout');
  });

  it('that is an error of ours stays what it is', () => {
    const error = new ProviderError('timeout');
    expect(errorOf(error, { hasBegun: true })).toBe(error);
  });
});
