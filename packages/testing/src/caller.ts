import { TRPCClientError, createTRPCUntypedClient, httpBatchStreamLink } from '@trpc/client';
import type { AnyTRPCRouter } from '@trpc/server';

/** The parts of an answer that tests read. */
export interface Answer {
  status: number;
  headers: Headers;
  // Tests read answers by their documented fields; what is not there fails the expectation.
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any;
}

export interface CallOptions {
  body?: unknown;
  bearer?: string | undefined;
  headers?: Record<string, string>;
}

/** Calls one server over real sockets, by REST and by tRPC. */
export interface Caller {
  url: string;
  rest(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** The body of its answer is the data of the result or of the error. */
  trpc(
    path: string,
    input: unknown,
    options?: CallOptions & { type?: 'query' | 'mutation' },
  ): Promise<Answer>;
}

/** A caller of the server at a URL. */
export function caller(url: string): Caller {
  return {
    url,
    rest: (method, path, options = {}) => send(`${url}${path}`, method, options.body, options),
    trpc: async (path, input, options = {}) => {
      const query = `?input=${encodeURIComponent(JSON.stringify(input))}`;
      const answer =
        options.type === 'query'
          ? await send(`${url}/trpc/${path}${query}`, 'GET', undefined, options)
          : await send(`${url}/trpc/${path}`, 'POST', input ?? {}, options);
      const { result, error } = answer.body ?? {};
      return { ...answer, body: error === undefined ? result?.data : error.data };
    },
  };
}

async function send(
  url: string,
  method: string,
  body: unknown,
  { bearer, headers = {} }: CallOptions,
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
  const parsed = () => (text === '' ? undefined : JSON.parse(text));
  return {
    status: response.status,
    headers: response.headers,
    body: isStream ? { events: eventsOf(text) } : parsed(),
  };
}

/** The events of a whole `text/event-stream`. */
function eventsOf(text: string): Record<string, unknown>[] {
  return text.split('\n\n').flatMap((block) => {
    const [, event, data] = /^event: (\w+)\ndata: (.*)$/.exec(block) ?? [];
    return event === undefined || data === undefined ? [] : [{ event, ...JSON.parse(data) }];
  });
}

/** Calls a streamed procedure over tRPC and reads its events to the end. */
export async function callStreamed(
  url: string,
  path: string,
  input: unknown,
  { bearer, headers = {} }: CallOptions,
): Promise<Answer> {
  let received = new Headers();
  const fetchAndKeepHeaders = async (target: Parameters<typeof fetch>[0], init: object = {}) => {
    const response = await fetch(target, init);
    received = response.headers;
    return response;
  };
  const authorization = bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
  const link = httpBatchStreamLink({
    url: `${url}/trpc`,
    fetch: fetchAndKeepHeaders,
    headers: { ...authorization, ...headers },
    maxItems: 1,
  });
  try {
    const client = createTRPCUntypedClient<AnyTRPCRouter>({ links: [link] });
    const events: unknown[] = [];
    for await (const event of asEvents(await client.mutation(path, input))) events.push(event);
    return { status: 200, headers: received, body: { events } };
  } catch (fault) {
    if (!(fault instanceof TRPCClientError)) throw fault;
    return { status: Number(fault.data?.status ?? 500), headers: received, body: fault.data };
  }
}

function asEvents(answer: unknown): AsyncIterable<unknown> {
  if (typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer)
    return answer as AsyncIterable<unknown>;
  throw new Error('the answer is no stream');
}
