/** What a test may want to know of an answer. */
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

/** Speaks to one server over real sockets, as its two kinds of clients do. */
export interface Caller {
  url: string;
  rest(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** Answers the data of a result or of an error, whichever came. */
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
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}
