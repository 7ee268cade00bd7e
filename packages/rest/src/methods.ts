import { METHODS } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isJsonObject } from './json-schema.ts';
import { type TransportErrors, unknownPath } from './problem.ts';
import { type RestProcedure, urlOf } from './procedures.ts';

/** The header `Allow` of a path that takes these methods. HEAD goes with GET, and OPTIONS with every path. */
export function allowOf(methods: Iterable<string>): string {
  const taken = new Set([...methods, 'OPTIONS']);
  if (taken.has('GET')) taken.add('HEAD');
  return [...taken].toSorted().join(', ');
}

/** Makes the server route every method that Node can parse, so that each can be refused. Called before any route is made. */
export function takeEveryMethod(fastify: FastifyInstance): void {
  for (const method of METHODS)
    if (method !== 'CONNECT' && !fastify.supportedMethods.includes(method)) fastify.addHttpMethod(method);
}

/** Refuses a path with an empty parameter in this scope. */
export function refuseEmptyParameters(scope: FastifyInstance, errors: TransportErrors): void {
  scope.addHook('onRequest', async (request, reply) => {
    const params = isJsonObject(request.params) ? Object.values(request.params) : [];
    // The router takes `/sites/` for a site with an empty id; it is another path, and there is nothing there.
    if (params.includes('')) return errors.send(reply, unknownPath, request.id);
    return undefined;
  });
}

/**
 * Answers the methods that no procedure has at the paths of these procedures: OPTIONS with the methods that there are, and
 * every other with 405. Both precede the reading of a body and need no credential.
 */
export function answerOtherMethods(
  fastify: FastifyInstance,
  {
    prefix,
    errors,
    procedures,
  }: { prefix: string; errors: TransportErrors; procedures: readonly RestProcedure[] },
): void {
  fastify.register(async (scope) => {
    refuseEmptyParameters(scope, errors);
    for (const [, members] of Map.groupBy(procedures, ({ shape }) => shape)) {
      const taken = new Set(members.map(({ route }): string => route.method));
      if (taken.has('GET')) taken.add('HEAD');
      const allow = allowOf(taken);
      const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
        reply.header('allow', allow);
        if (request.method === 'OPTIONS') return reply.code(204).send();
        return errors.send(reply, { code: 'method_not_allowed' }, request.id);
      };
      const method = scope.supportedMethods.filter((one) => !taken.has(one));
      const url = `${prefix}${urlOf(members[0]?.route.path ?? '')}`;
      scope.route({ method, url, exposeHeadRoute: false, onRequest: answer, handler: answer });
    }
  });
}

/**
 * Answers a path or a method that has no route, before a body is read: other methods at the path of a page
 * (`/openapi.json`) as those of a procedure, everything else with 404. Paths under `except` have an answer of their own.
 */
export function answerUnknown(fastify: FastifyInstance, errors: TransportErrors, except?: string): void {
  fastify.addHook('onRequest', async (request, reply) => {
    if (!request.is404 || (except !== undefined && request.url.startsWith(except))) return undefined;
    const [path = ''] = request.url.split('?');
    if (!fastify.hasRoute({ method: 'GET', url: path })) return errors.send(reply, unknownPath, request.id);
    reply.header('allow', allowOf(['GET']));
    if (request.method === 'OPTIONS') return reply.code(204).send();
    return errors.send(reply, { code: 'method_not_allowed' }, request.id);
  });
}
