import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openProvider } from '@tenantry/ai/openai-compatible';
import { ProviderError } from '@tenantry/ai/port';
import { tokensOf } from './answer.ts';
import { type RunningProvider, providerErrorText, startProvider } from './start-provider.ts';

let server: RunningProvider;

beforeEach(async () => {
  server = await startProvider();
});
afterEach(() => server.stop());

function open(deadlineSeconds = 5) {
  return openProvider({ baseUrl: server.url, apiKey: 'sk-test', model: 'stand-in', deadlineSeconds });
}

function ask(
  prompt = 'Cluster these keywords: shoes, boots',
  outputTokensMax = 500,
  signal = new AbortController().signal,
) {
  return { requestId: 'test', operation: 'test', prompt, outputTokensMax, signal };
}

async function readAll(parts: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const part of parts) text += part;
  return text;
}

async function faultOf(work: Promise<unknown>): Promise<ProviderError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProviderError)) throw new Error('expected a provider error', { cause: error });
  return error;
}

function post(body: unknown): Promise<Response> {
  return fetch(`${server.url}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

const chat = { model: 'm', messages: [{ role: 'user', content: 'hello there' }] };

describe('a completion over a real socket', () => {
  test('carries the answer and the usage the provider reported', async () => {
    const first = await open().complete(ask());
    expect(first.source).toBe('reported');
    expect(first.inputTokens).toBe(tokensOf(ask().prompt).length);
    expect(first.outputTokens).toBe(tokensOf(first.output).length);
    expect(first.output).toContain('Cluster these keywords');
    expect(await open().complete(ask())).toEqual(first);
    expect((await open().complete(ask('Another prompt'))).output).not.toBe(first.output);
    expect(server.requestCount()).toBe(3);
  });

  test('has at most the tokens asked for', async () => {
    const { output, outputTokens } = await open().complete(ask('Write at length', 3));
    expect(outputTokens).toBe(3);
    expect(output).toHaveLength(15);
  });

  test('without usage is estimated at four characters a token', async () => {
    server.setFault('no_usage');
    const { output, inputTokens, outputTokens, source } = await open().complete(ask('12345678'));
    expect({ inputTokens, outputTokens, source }).toEqual({
      inputTokens: 2,
      outputTokens: Math.ceil(output.length / 4),
      source: 'estimated',
    });
  });
});

describe('a failed completion', () => {
  test.each([
    ['500', 'unavailable', 500],
    ['429', 'rate_limited', 429],
    ['reset', 'unavailable', undefined],
    ['half_stream', 'unavailable', undefined],
  ] as const)('%s is %s after one attempt, without the text of the provider', async (fault, kind, status) => {
    server.setFault(fault);
    const failed = await faultOf(open().complete(ask()));
    expect(failed.kind).toBe(kind);
    if (status !== undefined) expect(failed.status).toBe(status);
    expect(failed.retryAfterSeconds).toBe(fault === '429' ? 1 : undefined);
    expect(failed.cause).toBeUndefined();
    expect(`${failed.stack} ${JSON.stringify(failed)}`).not.toContain(providerErrorText);
    expect(server.requestCount()).toBe(1);
  });

  test.each([
    ['500', 'unavailable', 500],
    ['429', 'rate_limited', 429],
    ['reset', 'unavailable', undefined],
    ['half_stream', 'broken_stream', undefined],
  ] as const)('%s is %s for a stream, without the text of the provider', async (fault, kind, status) => {
    server.setFault(fault);
    const failed = await faultOf(readAll(open().stream(ask())));
    expect([failed.kind, failed.status]).toEqual([kind, status]);
    expect(failed.cause).toBeUndefined();
    expect(`${failed.stack} ${JSON.stringify(failed)}`).not.toContain(providerErrorText);
  });

  test('is a refusal when the provider rejects the request', async () => {
    const failed = await faultOf(open().complete(ask('hello', 0)));
    expect(failed.kind).toBe('refused');
  });

  test('is a timeout at the deadline', async () => {
    server.setFault('slow');
    expect((await faultOf(open(0.2).complete(ask()))).kind).toBe('timeout');
    expect(server.requestCount()).toBe(1);
  });

  test('is an abort when the caller gives up, before or during the call', async () => {
    expect((await faultOf(open().complete(ask('hello', 10, AbortSignal.abort())))).kind).toBe('aborted');
    expect(server.requestCount()).toBe(0);
    server.setFault('slow');
    expect((await faultOf(open().complete(ask('hello', 10, AbortSignal.timeout(100))))).kind).toBe('aborted');
  });

  test('is unavailable when no server listens', async () => {
    const provider = open();
    await server.stop();
    expect((await faultOf(provider.complete(ask()))).kind).toBe('unavailable');
    server = await startProvider();
  });
});

describe('the fake provider', () => {
  test('fails the planned requests first, then as set', async () => {
    await server.stop();
    server = await startProvider({ faults: ['500', '429'] });
    const statuses = [await post(chat), await post(chat), await post(chat)].map(({ status }) => status);
    expect(statuses).toEqual([500, 429, 200]);
  });

  test('streams the same text it answers at once, with usage when asked', async () => {
    const whole = JSON.parse(await (await post(chat)).text());
    const text = await (
      await post({ ...chat, stream: true, stream_options: { include_usage: true } })
    ).text();
    const events = text.split('\n\n').filter(Boolean);
    expect(events.at(-1)).toBe('data: [DONE]');
    const chunks = events.slice(0, -1).map((event) => JSON.parse(event.slice('data: '.length)));
    const streamed = chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('');
    expect(streamed).toBe(whole.choices[0].message.content);
    expect(chunks.at(-1).usage).toEqual(whole.usage);
  });

  test('cuts a stream in half on demand', async () => {
    server.setFault('half_stream');
    const response = await post({ ...chat, stream: true });
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
  });

  test.each([
    ['no JSON', '{'],
    ['no model', { ...chat, model: undefined }],
    ['no messages', { model: 'm', messages: [] }],
    ['no tokens', { ...chat, max_tokens: 0 }],
    ['half a token', { ...chat, max_tokens: 1.5 }],
    ['a stream that is no boolean', { ...chat, stream: 'true' }],
  ])('answers 400 to %s', async (_name, body) => {
    expect((await post(body)).status).toBe(400);
  });

  test('answers 404 to another path, 405 to another method and 413 to a large body', async () => {
    expect((await fetch(`${server.url}/models`)).status).toBe(404);
    expect((await fetch(`${server.url}/chat/completions`)).status).toBe(405);
    expect((await post('x'.repeat(2_000_001))).status).toBe(413);
  });

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'as a program prints its address first and ends on %s',
    async (signal) => {
      const child = spawn(process.execPath, [new URL('main.ts', import.meta.url).pathname, '--port', '0']);
      const ended = once(child, 'exit');
      const [line] = await once(createInterface({ input: child.stdout }), 'line');
      const { url } = JSON.parse(line);
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1$/);
      expect((await fetch(`${url}/models`)).status).toBe(404);
      child.kill(signal);
      expect(await ended).toEqual([0, null]);
    },
  );
});
