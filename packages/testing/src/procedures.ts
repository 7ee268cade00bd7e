import { adminRouter } from '@tenantry/admin/router';
import type { Meta } from '@tenantry/api/procedure';
import { appRouter } from '@tenantry/api/router';
import type { AccountTerms } from '@tenantry/gate/terms';
import { type RestProcedure, restProcedures } from '@tenantry/rest/procedures';
import type { AnyTRPCRouter } from '@trpc/server';
import { type Answer, type Caller, callStreamed } from './caller.ts';

export const transports = ['rest', 'trpc'] as const;
export type Transport = (typeof transports)[number];

/** The procedures of each app by name, as the REST adapter sees them. */
export const procedures = {
  api: byName(restProcedures(appRouter)),
  admin: byName(restProcedures(adminRouter)),
};

function flat(router: AnyTRPCRouter): Record<string, { _def: { meta?: Meta } }> {
  return router._def.procedures;
}

/** The procedures of the API that are made for an account, with the terms that the gate holds them to. */
export const accountProcedures: readonly { name: string; terms: AccountTerms }[] = Object.entries(
  flat(appRouter),
).flatMap(([name, { _def }]) => {
  const terms = _def.meta?.terms;
  return terms !== undefined && 'scope' in terms ? [{ name, terms }] : [];
});

function byName(list: readonly RestProcedure[]): ReadonlyMap<string, RestProcedure> {
  return new Map(list.map((procedure) => [procedure.name, procedure]));
}

/** One call of one procedure, over whichever transport. */
export interface ProcedureCall {
  app?: keyof typeof procedures;
  name: string;
  input?: Record<string, unknown>;
  headers?: Record<string, string>;
}

/** What stands for a value in a path or a query. */
function textOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

/** Calls a procedure by its name with one input; the answer's body is the data, or the problem. */
export function callProcedure(caller: Caller, transport: Transport, call: ProcedureCall): Promise<Answer> {
  const { app = 'api', name, input = {}, headers = {} } = call;
  const procedure = procedures[app].get(name);
  if (procedure === undefined) throw new Error(`there is no procedure ${name}`);
  const { method, path, events } = procedure.route;
  if (transport === 'trpc')
    return events === undefined
      ? caller.trpc(name, input, { headers, type: procedure.type })
      : callStreamed(caller.url, name, input, { headers });
  const accept = events === undefined ? {} : { accept: 'text/event-stream' };
  const rest = Object.entries(input).filter(([key]) => !procedure.pathKeys.includes(key));
  const filled = procedure.pathKeys.reduce(
    (text, key) => text.replace(`{${key}}`, encodeURIComponent(textOf(input[key]).toWellFormed())),
    path,
  );
  if (method !== 'GET' && method !== 'DELETE')
    return caller.rest(method, `/v1${filled}`, {
      headers: { ...accept, ...headers },
      body: Object.fromEntries(rest),
    });
  const query = new URLSearchParams(rest.map(([key, value]) => [key, textOf(value)])).toString();
  return caller.rest(method, `/v1${filled}${query === '' ? '' : `?${query}`}`, { headers });
}

/** What both transports must agree on: `ok`, or the status and the code of the refusal. */
export function verdictOf({ status, body }: Answer): string {
  return status < 300 ? 'ok' : `${status} ${body?.code}`;
}

/** A refusal's body without what is different on each call. */
export function sameBytes({ status, body }: Answer): string {
  return JSON.stringify({ status, ...body, requestId: '' });
}
