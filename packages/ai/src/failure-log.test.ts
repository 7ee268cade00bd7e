import { describe, expect, it } from 'vitest';
import { absentProvider, withFailureLog } from './failure-log.ts';
import { type CompletionRequest, type Provider, ProviderError } from './port.ts';

const request: CompletionRequest = {
  requestId: 'request 1',
  operation: 'write_content',
  prompt: 'a prompt',
  outputTokensMax: 10,
  signal: new AbortController().signal,
};
const tokens = { inputTokens: 1, cachedInputTokens: 0, outputTokens: 1, reasoningTokens: 0 };
const end = { ...tokens, source: 'reported', finishReason: 'stop' } as const;

/** A provider whose calls fail with `error`, streams after one part; without an error they succeed. */
function providerThat(error?: Error): Provider {
  return {
    complete: async () => {
      if (error !== undefined) throw error;
      return { output: 'text', ...end };
    },
    async *stream() {
      yield 'text';
      if (error !== undefined) throw error;
      return end;
    },
  };
}

async function readAll(parts: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const part of parts) text += part;
  return text;
}

function open(provider: Provider) {
  const lines: [facts: object, message: string][] = [];
  const at = (level: string) => (facts: object, message: string) =>
    lines.push([{ level, ...facts }, message]);
  const logged = withFailureLog(provider, { warn: at('warn'), error: at('error') });
  return { logged, lines };
}

describe('a provider with a log of its failures', () => {
  it.each(['complete', 'stream'] as const)('writes one line when %s fails, and throws on', async (verb) => {
    const error = new ProviderError('rate_limited', { status: 429, retryAfterSeconds: 7 });
    const { logged, lines } = open(providerThat(error));
    const call = verb === 'complete' ? logged.complete(request) : readAll(logged.stream(request));
    await expect(call).rejects.toBe(error);
    const facts = { kind: 'rate_limited', status: 429, retryAfterSeconds: 7, operation: 'write_content' };
    const more = { level: 'warn', requestId: 'request 1', durationMilliseconds: expect.any(Number) };
    expect(lines).toEqual([[{ ...facts, ...more }, 'the provider failed']]);
  });

  it.each([
    ['account', undefined, 'error'],
    ['refused', 'model_not_found', 'error'],
    ['refused', 'content_filter', 'warn'],
    ['timeout', undefined, 'warn'],
  ] as const)('writes a failure of the kind %s, with the reason %s, at %s', async (kind, reason, level) => {
    const { logged, lines } = open(providerThat(new ProviderError(kind, { reason })));
    await expect(logged.complete(request)).rejects.toThrow(kind);
    expect(lines).toMatchObject([[{ level, kind, reason }, 'the provider failed']]);
  });

  it.each(['complete', 'stream'] as const)('writes nothing of an unknown error’s text: %s', async (verb) => {
    const { logged, lines } = open(providerThat(new Error('holds a prompt')));
    const call = verb === 'complete' ? logged.complete(request) : readAll(logged.stream(request));
    await expect(call).rejects.toThrow('holds a prompt');
    expect(lines).toMatchObject([
      [{ kind: 'unexpected', operation: 'write_content' }, 'the provider failed'],
    ]);
    expect(JSON.stringify(lines)).not.toContain('a prompt');
  });

  it('writes nothing when a call succeeds, or its caller leaves', async () => {
    const { logged, lines } = open(providerThat());
    expect(await logged.complete(request)).toEqual({ output: 'text', ...end });
    const parts = logged.stream(request);
    expect(await parts.next()).toEqual({ done: false, value: 'text' });
    expect(await parts.next()).toEqual({ done: true, value: end });
    const left = open(providerThat(new ProviderError('aborted')));
    await expect(left.logged.complete(request)).rejects.toThrow('aborted');
    expect([...lines, ...left.lines]).toEqual([]);
  });

  it('ends the stream of the provider when its reader leaves', async () => {
    let isEnded = false;
    const { logged, lines } = open({
      ...providerThat(),
      async *stream() {
        try {
          yield 'text';
          return end;
        } finally {
          isEnded = true;
        }
      },
    });
    const parts = logged.stream(request);
    await parts.next();
    await parts.return(end);
    expect([isEnded, lines]).toEqual([true, []]);
  });

  it('says that there is none when none is configured', async () => {
    const { logged, lines } = open(absentProvider);
    await expect(logged.complete(request)).rejects.toBeInstanceOf(ProviderError);
    await expect(logged.stream(request).next()).rejects.toBeInstanceOf(ProviderError);
    expect(lines.map(([facts]) => facts)).toMatchObject([{ kind: 'unavailable' }, { kind: 'unavailable' }]);
  });
});
