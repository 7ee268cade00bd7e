import { adminRouter } from '@tenantry/admin/router';
import { appRouter } from '@tenantry/api/router';
import { refusalsOf } from '@tenantry/gate/documented';
import type { ProcedureMeta } from '@tenantry/gate/procedures';
import type { ProcedureTerms, TenantTerms } from '@tenantry/gate/terms';
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

/** The terms of a procedure; undefined for one that has none. */
export function termsOf(appName: keyof typeof procedures, name: string): ProcedureTerms | undefined {
  const meta: ProcedureMeta<object> = procedures[appName].get(name)?.meta ?? {};
  return meta.terms;
}

function flat(
  router: AnyTRPCRouter,
): Record<string, { _def: { type: RestProcedure['type']; meta?: ProcedureMeta<object> } }> {
  return router._def.procedures;
}

/** Every procedure of the API that is no file, with its terms. */
export const procedureTerms: readonly { name: string; type: RestProcedure['type']; terms: ProcedureTerms }[] =
  Object.entries(flat(appRouter)).flatMap(([name, { _def }]) =>
    _def.meta?.terms === undefined ? [] : [{ name, type: _def.type, terms: _def.meta.terms }],
  );

/** The procedures of the API that act in an account, with the terms that the gate checks. */
export const accountProcedures: readonly { name: string; terms: TenantTerms }[] = Object.entries(
  flat(appRouter),
).flatMap(([name, { _def }]) => {
  const terms = _def.meta?.terms;
  return terms?.audience === 'tenant' ? [{ name, terms }] : [];
});

function byName(list: readonly RestProcedure[]): ReadonlyMap<string, RestProcedure> {
  return new Map(list.map((procedure) => [procedure.name, procedure]));
}

/** A call of a procedure, over either transport. */
export interface ProcedureCall {
  app?: keyof typeof procedures;
  name: string;
  input?: Record<string, unknown>;
  headers?: Record<string, string>;
}

/** The text of a value in a path or a query. */
function textOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

/** What any request can be answered before a procedure is known, and faults. */
const transportCodes = [
  'invalid_input',
  'not_found',
  'payload_too_large',
  'unsupported_media_type',
  'internal_error',
];

/** Throws when a procedure refuses with a code that its document does not list. */
function checkDeclared({ name, type, inputs, meta: { terms } }: Described, { status, body }: Answer): void {
  if (status < 300 || transportCodes.includes(body?.code)) return;
  if (terms === undefined) throw new Error(`${name} has no terms`);
  const codes: string[] = refusalsOf(terms, { type, hasInput: inputs.length > 0 });
  if (!codes.includes(body?.code))
    throw new Error(`${name} answers ${body?.code}, which its document does not list`);
}

type Described = Pick<RestProcedure, 'name' | 'type' | 'inputs'> & { meta: ProcedureMeta<object> };

/**
 * Calls a procedure by its name with one input; the answer's body is the data, or the problem. Throws for a refusal that
 * the procedure's document does not list.
 */
export async function callProcedure(
  caller: Caller,
  transport: Transport,
  call: ProcedureCall,
): Promise<Answer> {
  const answer = await send(caller, transport, call);
  const procedure = procedures[call.app ?? 'api'].get(call.name);
  if (procedure !== undefined) checkDeclared(procedure, answer);
  return answer;
}

function send(caller: Caller, transport: Transport, call: ProcedureCall): Promise<Answer> {
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
