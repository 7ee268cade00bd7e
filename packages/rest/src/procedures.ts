import { initTRPC, TRPCError, type AnyTRPCRouter } from '@trpc/server';
import { isJsonObject } from './json-schema.ts';
import type { RestMeta, RestRoute } from './meta.ts';

export interface CallOptions {
  readonly ctx: unknown;
  readonly path: string;
  readonly type: 'query' | 'mutation';
  readonly getRawInput: () => Promise<unknown>;
  readonly input: undefined;
  readonly signal: AbortSignal;
  readonly batchIndex: number;
}

export interface RestProcedure {
  /** The procedure's path in the router: `site.create`. */
  readonly name: string;
  readonly type: 'query' | 'mutation';
  readonly route: RestRoute;
  /** All that the procedure says about itself. */
  readonly meta: RestMeta;
  readonly status: number;
  readonly pathKeys: readonly string[];
  /** The path with its parameters' names taken out: two procedures of one shape share a URL. */
  readonly shape: string;
  readonly inputs: readonly unknown[];
  readonly output: unknown;
  readonly call: (options: CallOptions) => Promise<unknown>;
}

interface RuntimeProcedure {
  (options: CallOptions): Promise<unknown>;
  readonly _def: {
    readonly type: 'query' | 'mutation' | 'subscription';
    readonly meta?: RestMeta;
    readonly inputs: readonly unknown[];
    readonly output?: unknown;
    readonly middlewares: readonly unknown[];
  };
}

const segment = /^(?:[a-z0-9][a-z0-9.-]*|\{[A-Za-z][A-Za-z0-9]*\})$/;

/** The issues of an input refused before a schema saw it, in the form the error formatter reads from a cause. */
export class InputFault extends Error {
  readonly issues: readonly { readonly path: readonly string[]; readonly message: string }[];

  constructor(issues: readonly { readonly path: readonly string[]; readonly message: string }[]) {
    super('The request does not have the required form.');
    this.name = 'InputFault';
    this.issues = issues;
  }
}

/** Makes the 400 of an input that cannot be built. */
export function inputError(key: string, message: string): TRPCError {
  const cause = new InputFault([{ path: key === '' ? [] : [key], message }]);
  return new TRPCError({ code: 'BAD_REQUEST', message: cause.message, cause });
}

function keysOfPath(name: string, path: string): string[] {
  const segments = path.split('/').slice(1);
  if (!path.startsWith('/') || segments.some((part) => !segment.test(part))) {
    throw new Error(`The REST path of ${name} is not well formed: ${path}`);
  }
  const keys = segments.filter((part) => part.startsWith('{')).map((part) => part.slice(1, -1));
  if (new Set(keys).size !== keys.length)
    throw new Error(`The REST path of ${name} names a parameter twice: ${path}`);
  return keys;
}

function runtimeProcedures(router: AnyTRPCRouter): Record<string, RuntimeProcedure> {
  return router._def.procedures;
}

// Without a schema nothing asks for the input between the gate and the resolver, so the resolver's place is where it is asked for.
function withInputAsked(procedure: RuntimeProcedure): (options: CallOptions) => Promise<unknown> {
  const def = procedure._def;
  const last = def.middlewares.at(-1);
  const asked = async (options: { getRawInput: () => Promise<unknown>; next: () => unknown }) => {
    await options.getRawInput();
    return options.next();
  };
  const middlewares = [...def.middlewares.slice(0, -1), asked, last];
  return chain(middlewares, def.meta ?? {});
}

function chain(middlewares: readonly unknown[], meta: RestMeta): (options: CallOptions) => Promise<unknown> {
  const root = initTRPC.meta<RestMeta>().create();
  const builder = middlewares.reduce<typeof root.procedure>(
    (before, middleware) => before.use(asMiddleware(middleware)),
    root.procedure.meta(meta),
  );
  return asCall(builder.query(() => undefined));
}

type RootMiddleware = Parameters<ReturnType<typeof initTRPC.create>['procedure']['use']>[0];

function asMiddleware(middleware: unknown): RootMiddleware {
  return middleware as RootMiddleware;
}

function asCall(procedure: unknown): (options: CallOptions) => Promise<unknown> {
  return procedure as (options: CallOptions) => Promise<unknown>;
}

function toRest(name: string, procedure: RuntimeProcedure, route: RestRoute): RestProcedure {
  const { type, inputs, output, meta = {} } = procedure._def;
  if (type === 'subscription') throw new Error(`${name} is a subscription and cannot be a REST route.`);
  return {
    name,
    type,
    route,
    meta,
    status: route.status ?? (route.method === 'DELETE' ? 204 : 200),
    pathKeys: keysOfPath(name, route.path),
    shape: route.path.replaceAll(/\{[^}]*\}/g, '{}'),
    inputs,
    output,
    call: inputs.length === 0 ? withInputAsked(procedure) : procedure,
  };
}

/** The procedures that carry `meta.rest`. Throws on a malformed path, a subscription, and two of one method and URL. */
export function restProcedures(router: AnyTRPCRouter): RestProcedure[] {
  const lazy: unknown = router._def.lazy;
  if (isJsonObject(lazy) && Object.keys(lazy).length > 0)
    throw new Error('A lazy router hides its procedures from REST.');
  const found: RestProcedure[] = [];
  const taken = new Map<string, string>();
  for (const [name, procedure] of Object.entries(runtimeProcedures(router))) {
    const route = procedure._def.meta?.rest;
    if (!route) continue;
    const rest = toRest(name, procedure, route);
    const place = `${route.method} ${rest.shape}${route.events === undefined ? '' : ' in events'}`;
    const other = taken.get(place);
    if (other !== undefined) throw new Error(`${name} and ${other} both stand at ${place}.`);
    taken.set(place, name);
    found.push(rest);
  }
  return found;
}
