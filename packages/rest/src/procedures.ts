import { TRPCError, type AnyTRPCRouter } from '@trpc/server';
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
  };
}

const segment = /^(?:[a-z0-9][a-z0-9.-]*|\{[A-Za-z][A-Za-z0-9]*\})$/;

/** The path of a route as Fastify writes it. */
export function urlOf(path: string): string {
  return path.replaceAll(/\{([^}]*)\}/g, ':$1');
}

/** Whether HEAD may answer what this procedure answers to GET: it reads, and changes nothing. */
export const isRead = ({ type, route }: RestProcedure): boolean => type === 'query' && route.method === 'GET';

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

function toRest(name: string, procedure: RuntimeProcedure, route: RestRoute): RestProcedure {
  const { type, inputs, output, meta = {} } = procedure._def;
  if (type === 'subscription') throw new Error(`${name} is a subscription and cannot be a REST route.`);
  // Without a schema nothing would check the input, and a request could carry anything.
  if (inputs.length === 0) throw new Error(`${name} has no input schema and cannot be a REST route.`);
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
    call: procedure,
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
