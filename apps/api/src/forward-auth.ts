import { forwardAuthTerms } from '@tenantry/contract/forward-auth';
import { type Actor, actorName } from '@tenantry/domain/actor';
import { roleAllows, scopes } from '@tenantry/domain/permissions';
import { refuse } from '@tenantry/domain/refusals';
import { customerAudience } from '@tenantry/gate/audience/customer';
import { passGate } from '@tenantry/gate/pass';
import { problemOf, refusalError, toPublicError } from '@tenantry/gate/public-error';
import type { RequestContext } from '@tenantry/gate/request-context';
import type { Access, ResolvedAccount } from '@tenantry/gate/resolve-account/tenant';
import { anyScope } from '@tenantry/gate/terms';
import { carriesBody } from '@tenantry/rest/bodies';
import { sendProblem } from '@tenantry/rest/problem';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from './app.ts';
import type { callerHeaders } from './forward-auth-document.ts';

const forwardAuthPath = '/forward-auth';

const calling = { type: 'query', path: forwardAuthPath, rawInput: async () => undefined } as const;

type CallerHeaders = Record<Lowercase<keyof typeof callerHeaders>, string>;

interface ForwardAuthOptions {
  readonly createContext: (request: FastifyRequest, reply: FastifyReply) => RequestContext<App>;
}

/**
 * Answers a proxy that asks before it lets a request through: nginx `auth_request`, Caddy `forward_auth`, Traefik
 * `forwardAuth`. It runs the gate for the credential in `Authorization`, with the terms of the query, and answers 200 or
 * the refusal that a direct call would get. It reads no cookie: a proxy asks with GET for requests of every method, so
 * that nothing would protect a browser's session from pages of others.
 */
export async function serveForwardAuth(
  scope: FastifyInstance,
  { createContext }: ForwardAuthOptions,
): Promise<void> {
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    // Proxies ask without the body whose length they may pass on. What follows on the connection is no longer certain.
    if (carriesBody(request)) reply.header('connection', 'close');
    const context = createContext(request, reply);
    const { app, incoming, setHeader } = context;
    const { requestId } = incoming;
    const asked = forwardAuthTerms.safeParse(request.query);
    try {
      if (!asked.success)
        throw refusalError(refuse('invalid_input', { errors: issuesOf(asked.error.issues) }));
      const { scope: needed = anyScope, ...terms } = asked.data;
      const passed = await passGate(customerAudience, context, { ...terms, scope: needed }, calling);
      return reply.headers(headersOf(passed)).code(200).send();
    } catch (fault) {
      const report = { requestId, path: forwardAuthPath, log: app.log, setHeader };
      const problem = problemOf(toPublicError(fault, report), requestId);
      reply.headers({ 'tenantry-status': String(problem.status), 'tenantry-code': problem.code });
      return sendProblem(reply, problem, statusOf(problem, asked.data?.deny));
    }
  };
  // A proxy may keep the method of the request: one that asks with OPTIONS must not be told 204 by the rules of our pages.
  const method = ['GET', 'OPTIONS'];
  // Answered before a body is read, which may never come.
  const answered = { onRequest: answer, handler: answer };
  scope.route({ method, url: forwardAuthPath, config: { takesPreflights: true }, ...answered });
}

/** The status of a refusal, for a proxy that may pass on 401 and 403 alone. A fault stays one. */
function statusOf({ status }: { status: number }, deny: '403' | undefined): number {
  return deny === undefined || status === 401 || status >= 500 ? status : 403;
}

/**
 * Who calls, for the program behind the proxy. Every header is always there, since some proxies let a header of the request
 * through where the answer has none.
 */
function headersOf({ actor, account, access }: ResolvedAccount & { actor: Actor }): CallerHeaders {
  return {
    'tenantry-account': account.id,
    'tenantry-actor': actorName(actor),
    'tenantry-plan': account.plan.slug,
    'tenantry-role': 'role' in access ? access.role : 'none',
    'tenantry-scopes': scopesOf(access).join(' '),
    'tenantry-sites': access.sites === undefined ? 'all' : access.sites.join(' ') || 'none',
  };
}

function scopesOf(access: Access): readonly string[] {
  return 'scopes' in access ? access.scopes : scopes.filter((scope) => roleAllows(access.role, scope));
}

function issuesOf(issues: readonly { path: readonly PropertyKey[]; message: string }[]) {
  return issues.map(({ path, message }) => ({ path: path.join('.'), message }));
}
