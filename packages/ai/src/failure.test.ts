import { APICallError } from 'ai';
import { describe, expect, it } from 'vitest';
import { errorOf, isLimitRefused, lateError } from './failure.ts';
import { ProviderError } from './port.ts';

/** What the library throws for an answer with this status. */
function answered(
  statusCode: number | undefined,
  responseHeaders: Record<string, string> = {},
  responseBody = 'what the provider said',
) {
  const call = { url: 'http://provider.test', requestBodyValues: { prompt: 'a prompt' } };
  return new APICallError({
    message: 'what the provider said',
    ...call,
    ...(statusCode === undefined ? {} : { statusCode }),
    responseHeaders,
    responseBody,
  });
}

describe('a failed call', () => {
  it.each([
    [400, 'refused'],
    [401, 'account'],
    [402, 'account'],
    [403, 'account'],
    [404, 'account'],
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

  it.each([
    [{ 'retry-after': 'Wed, 21 Oct 2026 07:28:30 GMT', date: 'Wed, 21 Oct 2026 07:28:00 GMT' }, 30],
    [{ 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT', date: 'Wed, 21 Oct 2026 07:28:30 GMT' }, 0],
    [{ 'retry-after-ms': '1500' }, 2],
    [{ 'retry-after': '9', 'retry-after-ms': '1500' }, 9],
    [{ 'retry-after-ms': 'soon' }, undefined],
  ])('that answers %j says %s seconds', (headers, seconds) => {
    expect(errorOf(answered(429, headers)).retryAfterSeconds).toBe(seconds);
  });

  it.each([
    [
      400,
      { code: 'context_length_exceeded', message: 'This model’s maximum context length is 8192 tokens.' },
      'context_length',
    ],
    [400, { code: 'content_filter', message: 'The response was filtered.' }, 'content_filter'],
    [400, { code: 'content_policy_violation', message: 'no' }, 'content_filter'],
    [403, { code: 'moderation_blocked', message: 'no' }, 'content_filter'],
    [404, { code: 'model_not_found', message: 'no' }, 'model_not_found'],
    [400, { message: 'The model `x` does not exist.' }, 'model_not_found'],
    [413, { message: 'too large' }, 'context_length'],
    [400, { code: 'string_above_max_length', message: 'no' }, 'context_length'],
    [
      400,
      { type: 'invalid_request_error', message: 'Invalid value: messages[0].content' },
      'invalid_request',
    ],
    [422, { detail: [{ loc: ['body', 'messages'], msg: 'field required' }] }, 'invalid_request'],
  ])('that was answered with %s and %j is refused for its %s', (status, body, reason) => {
    const error = errorOf(answered(status, {}, JSON.stringify({ error: body })));
    expect([error.kind, error.reason]).toEqual(['refused', reason]);
  });

  it.each([
    [400, { message: 'API key not valid. Please pass a valid API key.' }],
    [429, { code: 'insufficient_quota', message: 'You exceeded your current quota.' }],
    [404, { message: 'Not Found' }],
  ])('that was answered with %s and %j is a matter of our account', (status, body) => {
    expect(errorOf(answered(status, {}, JSON.stringify({ error: body }))).kind).toBe('account');
  });

  it.each([
    [{ code: 'content_filter', message: 'x' }, true, 'refused', 'content_filter'],
    [{ message: 'maximum context length' }, false, 'refused', 'context_length'],
    [{ code: 429, message: 'x' }, false, 'rate_limited', undefined],
    [{ code: 429, message: 'x' }, true, 'broken_stream', undefined],
    [{ message: 'x' }, false, 'unavailable', undefined],
    ['overloaded', true, 'broken_stream', undefined],
  ])('that a stream tells of as %j, begun: %s, is %s', (part, hasBegun, kind, reason) => {
    const error = errorOf(part, { hasBegun });
    expect([error.kind, error.reason]).toEqual([kind, reason]);
  });

  it('holds no text of the prompt or the provider', () => {
    const error = errorOf(answered(500));
    expect(`${error.stack} ${JSON.stringify(error)} ${error.message}`).not.toMatch(/a prompt|provider said/);
    expect(error.cause).toBeUndefined();
  });

  it.each([
    [400, { message: 'Unsupported parameter: max_tokens', code: 'unsupported_parameter' }, true],
    [422, { message: "extra_forbidden: ('body', 'max_completion_tokens')" }, true],
    [400, { message: 'max_tokens is too large' }, false],
    [400, { message: 'Unsupported parameter: tools' }, false],
    [500, { message: 'Unsupported parameter: max_tokens' }, false],
  ])(
    'that was answered with %s and %j is refused for the name of its limit: %s',
    (status, body, isRefused) => {
      expect(isLimitRefused(answered(status, {}, JSON.stringify({ error: body })))).toBe(isRefused);
    },
  );

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
