import type { TestApp } from '../../app.ts';
import type { Answer } from '../../caller.ts';
import { type Transport, callProcedure } from '../../procedures.ts';
import type { Owner } from '../../users.ts';

/** The path of a run of a text operation. */
export const runPath = '/v1/operations/write_content/runs';
/** The body of such a run. */
export const runBody = { prompt: 'Write one sentence about tea.' };

/** Streams a run to its end over one transport. */
export function streamOver(
  app: TestApp,
  { token }: Owner,
  transport: Transport,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return callProcedure(app, transport, {
    name: 'operation.stream',
    input: { operation: 'write_content', ...runBody },
    headers: { authorization: `Bearer ${token}`, ...headers },
  });
}

/** How each transport asks for a stream, and how a piece of the output begins in its answer. */
const requests = {
  rest: {
    path: runPath,
    accept: { accept: 'text/event-stream' },
    input: runBody,
    delta: 'event: delta\ndata: {"text":',
  },
  trpc: {
    path: '/trpc/operation.stream?batch=1',
    accept: { 'trpc-accept': 'application/jsonl' },
    input: { 0: { operation: 'write_content', ...runBody } },
    delta: '{"event":"delta","text":',
  },
} as const;

/** Opens a stream and reads until a piece of the output was delivered. */
export async function openStream(
  app: TestApp,
  { token }: Owner,
  signal: AbortSignal,
  transport: Transport = 'rest',
  headers: Record<string, string> = {},
): Promise<ReadableStreamDefaultReader<Uint8Array>> {
  const { path, accept, input, delta } = requests[transport];
  const response = await fetch(app.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...accept, ...headers },
    body: JSON.stringify(input),
    signal,
  });
  const reader = response.body?.getReader();
  if (response.status !== 200 || reader === undefined) throw new Error(`no stream: ${response.status}`);
  for (let read = ''; !read.includes(delta); ) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`no delta: ${read}`);
    read += new TextDecoder().decode(value);
  }
  return reader;
}
