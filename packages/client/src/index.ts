import {
  type TRPCClient,
  createTRPCClient,
  httpBatchLink,
  httpBatchStreamLink,
  httpLink,
  splitLink,
} from '@trpc/client';
import type { AppRouter } from './router.ts';

export type { AppRouter } from './router.ts';
export { type Problem, problemOf } from './problem.ts';
export type { ProblemCode } from './problem-code.ts';
export {
  type Hold,
  type HoldInput,
  HoldResolvedError,
  type ResolvedHold,
  SettleError,
  type Used,
} from './hold.ts';
export { type Work, type WorkOptions, withCredits } from './with-credits.ts';

/** The most calls that one request may carry. */
const batchCallsMax = 20;

/** Calls whose answer comes in pieces, as an async iterable. */
const streamed: ReadonlySet<string> = new Set(['operation.stream']);

export interface TenantryOptions {
  /** Where the API is: `https://api.example.com`. */
  url: string;
  /** An API key, an access token, or what answers one for each request; without it the browser's cookie is used. */
  credential?: string | (() => string | Promise<string>);
  /** The account to act in, for a person who belongs to several. */
  accountId?: string;
  /** Another `fetch`, for tests and proxies. */
  fetch?: typeof fetch;
}

/** What one call may carry besides its input, as `{ context: { idempotencyKey } }`. */
export interface CallContext {
  /** Makes a repeated mutation answer what the first one did, for 24 hours. 1 to 255 visible ASCII characters. */
  idempotencyKey?: string;
}

/**
 * A client of Tenantry, typed from its router. Queries that are asked together travel together; each mutation
 * travels alone, so that each can have its own idempotency key. A refused call throws; `problemOf` says why.
 */
export function createTenantryClient(options: TenantryOptions): TRPCClient<AppRouter> {
  const url = `${options.url.replace(/\/$/, '')}/trpc`;
  const send = options.fetch ?? fetch;
  const shared = {
    url,
    fetch: (input: Parameters<typeof fetch>[0], init?: object) =>
      send(input, { ...init, credentials: 'include' }),
  };
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: (operation) => operation.type === 'query',
        true: httpBatchLink({ ...shared, maxItems: batchCallsMax, headers: () => headersOf(options) }),
        false: splitLink({
          condition: (operation) => streamed.has(operation.path),
          true: httpBatchStreamLink({
            ...shared,
            maxItems: 1,
            headers: ({ opList: [operation] }) => headersOf(options, operation.context),
          }),
          false: httpLink({ ...shared, headers: ({ op }) => headersOf(options, op.context) }),
        }),
      }),
    ],
  });
}

async function headersOf(
  { credential, accountId }: TenantryOptions,
  context: CallContext = {},
): Promise<Record<string, string>> {
  const bearer = typeof credential === 'function' ? await credential() : credential;
  return {
    ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
    ...(accountId === undefined ? {} : { 'tenantry-account': accountId }),
    ...(context.idempotencyKey === undefined ? {} : { 'idempotency-key': context.idempotencyKey }),
  };
}
