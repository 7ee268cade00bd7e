import { type TRPCLink, httpBatchLink, httpBatchStreamLink, httpLink, splitLink } from '@trpc/client';
import type { Fetch } from './host.ts';
import type { Root } from './procedure.ts';

/** Where a client's calls go, and what they are authenticated with. */
export interface ConnectionOptions {
  /** Where the app is: `https://api.example.com`. */
  url: string;
  /** A bearer credential, or a function that answers one for each request. */
  credential?: string | (() => string | Promise<string>);
  /** Another `fetch`, for tests and proxies. */
  fetch?: Fetch;
}

/** What one call may carry besides its input, as `{ context: { idempotencyKey } }`. */
export interface CallContext {
  /** Makes a repeated mutation answer what the first one did, for 24 hours. 1 to 255 visible ASCII characters. */
  idempotencyKey?: string;
}

/** What differs between the apps. */
export interface AppOptions {
  /** The mutations that answer in events, as an async iterable. */
  streamed: readonly string[];
  /** Whether a browser sends its cookies. */
  credentials: 'include' | 'omit';
  /** Headers of every request besides the credential. */
  headers?: Record<string, string>;
}

/** The most calls that one request may carry. */
const batchCallsMax = 20;

/**
 * The links of a client. Queries that are asked together travel together; each mutation travels alone, so that each can
 * have its own idempotency key.
 */
export function linksTo(
  options: ConnectionOptions,
  { streamed, credentials, headers = {} }: AppOptions,
): TRPCLink<Root>[] {
  const send = options.fetch ?? fetch;
  const shared = {
    url: `${options.url.replace(/\/$/, '')}/trpc`,
    fetch: (input: Parameters<typeof fetch>[0], init?: object) => send(input, { ...init, credentials }),
  };
  const headersOf = async ({ idempotencyKey }: CallContext = {}) => ({
    ...headers,
    ...(await authorization(options)),
    ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
  });
  return [
    withoutDirection,
    splitLink({
      condition: ({ type }) => type === 'query',
      true: httpBatchLink({ ...shared, maxItems: batchCallsMax, headers: () => headersOf() }),
      false: splitLink({
        condition: ({ path }) => streamed.includes(path),
        true: httpBatchStreamLink({
          ...shared,
          maxItems: 1,
          headers: ({ opList: [operation] }) => headersOf(operation.context),
        }),
        false: httpLink({ ...shared, headers: ({ op }) => headersOf(op.context) }),
      }),
    }),
  ];
}

/** Leaves out the direction that infinite queries of TanStack add to an input: our lists have one, and take no other field. */
const withoutDirection: TRPCLink<Root> =
  () =>
  ({ op, next }) => {
    if (op.type !== 'query' || !hasDirection(op.input)) return next(op);
    const { direction: _direction, ...input } = op.input;
    return next({ ...op, input });
  };

const hasDirection = (input: unknown): input is { direction: unknown } =>
  typeof input === 'object' &&
  input !== null &&
  'direction' in input &&
  (input.direction === 'forward' || input.direction === 'backward');

async function authorization({ credential }: ConnectionOptions): Promise<Record<string, string>> {
  const bearer = typeof credential === 'function' ? await credential() : credential;
  return bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
}
