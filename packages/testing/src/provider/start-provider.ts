import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { answerTo, tokensOf } from './answer.ts';
import { type AnswerChanges, refusalOf, sendRefusal } from './answer-changes.ts';
import { type ChatRequest, parseChatRequest, parseJson, readBody } from './chat-request.ts';

/**
 * How the next answers fail: `slow` waits a minute, `half_stream` closes the socket in the middle of the answer, `stall`
 * stops there and waits, `late_stall` stops before the usage, `endless` does not stop at the number of tokens asked for,
 * `flood` sends 16 MB without regard to it.
 */
export type ProviderFaultName =
  | 'none'
  | '500'
  | '429'
  | 'reset'
  | 'no_usage'
  | 'slow'
  | 'half_stream'
  | 'stall'
  | 'late_stall'
  | 'endless'
  | 'flood';

export type RunningProvider = {
  /** Up to and including `/v1`. */
  readonly url: string;
  /** Chat completions asked for so far, refused and failed ones too. */
  requestCount(): number;
  /** The prompts of those that could be read, in order. */
  prompts(): readonly string[];
  /** Applies until it is set again. */
  setFault(fault: ProviderFaultName): void;
  /** Changes the answers until it is called again. */
  setAnswer(changes: AnswerChanges): void;
  /** The bodies of the requests that could be read, in order. */
  bodies(): readonly unknown[];
  stop(): Promise<void>;
};

export type ProviderOptions = {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Faults of the first requests, one each; after them the one that is set applies. */
  readonly faults?: readonly ProviderFaultName[];
};

/** Text of every failed answer; finding it anywhere else is a leak. */
export const providerErrorText = 'stand-in says: upstream secret detail';

const slowMilliseconds = 60_000;

/** Starts a fake provider on the loopback address, which answers as OpenAI's chat completions do. */
export async function startProvider(options: ProviderOptions = {}): Promise<RunningProvider> {
  const planned = [...(options.faults ?? [])];
  const stopping = new AbortController();
  let fault: ProviderFaultName = 'none';
  let requests = 0;
  const prompts: string[] = [];
  const bodies: unknown[] = [];
  let changes: AnswerChanges = {};

  const server = createServer((request, response) => {
    respond(request, response).catch(() => response.destroy());
  });

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.split('?')[0];
    if (path !== '/v1/chat/completions') return sendError(response, 404, 'not found');
    if (request.method !== 'POST') return sendError(response, 405, 'method not allowed');
    requests += 1;
    const failing = planned.shift() ?? fault;
    const body = await readBody(request);
    if (body === undefined) return sendError(response, 413, 'body too large');
    const chat = parseChatRequest(body);
    if (typeof chat !== 'string') prompts.push(chat.prompt);
    bodies.push(parseJson(body));
    const refusal = refusalOf(changes, body);
    if (refusal !== undefined) return sendRefusal(response, refusal);
    if (changes.delayMilliseconds !== undefined)
      await wait(changes.delayMilliseconds, undefined, { signal: goneSignal(response, stopping) });
    if (failing === '500') return sendError(response, 500, providerErrorText);
    if (failing === '429') return sendError(response, 429, providerErrorText);
    if (failing === 'reset') return void request.socket.resetAndDestroy();
    if (typeof chat === 'string') return sendError(response, 400, chat);
    if (failing === 'slow')
      await wait(slowMilliseconds, undefined, { signal: goneSignal(response, stopping) });
    if (chat.stream) await sendStream(response, { chat, changes }, failing, requests, stopping);
    else sendAnswer(response, { chat, changes }, failing, requests);
  }

  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;

  return {
    url: `http://127.0.0.1:${port}/v1`,
    requestCount: () => requests,
    prompts: () => prompts,
    setFault: (next) => {
      fault = next;
    },
    setAnswer: (next) => {
      changes = next;
    },
    bodies: () => bodies,
    stop: async () => {
      stopping.abort();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Aborts when the caller disconnects or the server stops, so that no timer outlives its request. */
function goneSignal(response: ServerResponse, stopping: AbortController): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return AbortSignal.any([gone.signal, stopping.signal]);
}

function sendError(response: ServerResponse, status: number, message: string): void {
  const retry = status === 429 ? { 'retry-after': '1' } : {};
  response.writeHead(status, { 'content-type': 'application/json', ...retry });
  response.end(JSON.stringify({ error: { message, type: 'error', code: null, param: null } }));
}

function answer(chat: ChatRequest, changes: AnswerChanges) {
  const all = tokensOf(changes.text ?? answerTo(chat.prompt));
  const tokens = all.slice(0, chat.tokensMax);
  const inputTokens = tokensOf(chat.prompt).length;
  const usage = {
    prompt_tokens: inputTokens,
    completion_tokens: tokens.length,
    total_tokens: inputTokens + tokens.length,
  };
  return {
    tokens,
    usage: changes.usage === undefined ? usage : changes.usage,
    finishReason: changes.finishReason ?? (tokens.length < all.length ? 'length' : 'stop'),
  };
}

/** What was asked, and how its answer is changed. */
interface Asked {
  readonly chat: ChatRequest;
  readonly changes: AnswerChanges;
}

function envelope(chat: ChatRequest, object: string, number: number) {
  return { id: `chatcmpl-${number}`, object, created: Math.floor(Date.now() / 1000), model: chat.model };
}

function sendAnswer(
  response: ServerResponse,
  { chat, changes }: Asked,
  fault: ProviderFaultName,
  number: number,
): void {
  const { tokens, usage, finishReason } = answer(chat, changes);
  const message = { role: 'assistant', content: tokens.join('') };
  const body = JSON.stringify({
    ...envelope(chat, 'chat.completion', number),
    choices: [{ index: 0, message, finish_reason: finishReason }],
    ...(fault === 'no_usage' ? {} : { usage }),
  });
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  if (fault !== 'half_stream') {
    response.end(body);
    return;
  }
  response.write(body.slice(0, body.length / 2), () => response.destroy());
}

async function sendStream(
  response: ServerResponse,
  { chat, changes }: Asked,
  fault: ProviderFaultName,
  number: number,
  stopping: AbortController,
): Promise<void> {
  const asked = fault === 'endless' ? { ...chat, tokensMax: 1e6 } : chat;
  const { tokens, usage, finishReason } = answer(asked, changes);
  const stall = () => wait(slowMilliseconds, undefined, { signal: goneSignal(response, stopping) });
  const head = envelope(chat, 'chat.completion.chunk', number);
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const send = async (event: object | '[DONE]') => {
    const text = event === '[DONE]' ? event : JSON.stringify(event);
    if (!response.write(`data: ${text}\n\n`)) await once(response, 'drain');
  };
  const chunk = (delta: object, reason: string | null) => ({
    ...head,
    choices: [{ index: 0, delta, finish_reason: reason }],
  });
  const isHalf = fault === 'half_stream' || fault === 'stall';
  const sent = isHalf ? tokens.slice(0, Math.ceil(tokens.length / 2)) : tokens;
  if (fault === 'endless') for (let count = 0; count < 5000; count += 1) sent.push('word ');
  if (fault === 'flood') for (let count = 0; count < 256; count += 1) sent.push('word '.repeat(13_107));
  for (const token of sent) {
    if (response.destroyed) return;
    await send(chunk({ role: 'assistant', content: token }, null));
  }
  if (changes.streamError !== undefined) {
    await send({ error: changes.streamError });
    return void response.end();
  }
  if (fault === 'half_stream') {
    response.write('', () => response.destroy());
    return;
  }
  if (fault === 'stall' || fault === 'late_stall') await stall();
  await send(chunk({}, finishReason));
  if (chat.streamUsage && fault !== 'no_usage') await send({ ...head, choices: [], usage });
  await send('[DONE]');
  response.end();
}
