import { type NodeHeaders, type TermsOf, refusalIfUnverified } from './admit.ts';
import type { Service } from './service.ts';

export { verdictOf } from './admit.ts';

/** What is read of a request of Fastify. */
export interface FastifyRequest {
  readonly raw: NodeHeaders;
  /** The address of the client; Fastify finds it behind the proxies that `trustProxy` names. */
  readonly ip: string;
}

/** What is used of an answer of Fastify. */
export interface FastifyReply {
  code(status: number): unknown;
  headers(headers: Record<string, string>): unknown;
  send(body: string): unknown;
}

/**
 * A `preHandler` that lets a request through when its credential may do what the terms say, and answers the refusal
 * otherwise. `verdictOf(request)` is then what the API says of it.
 */
export function requireTenant<Request extends FastifyRequest = FastifyRequest>(
  service: Pick<Service, 'verifyPresented'>,
  terms: TermsOf<Request>,
): (request: NoInfer<Request>, reply: FastifyReply) => Promise<unknown> {
  return async (request, reply) => {
    const { raw, ip } = request;
    const refused = await refusalIfUnverified(service, { request, headers: raw, address: ip }, terms);
    if (refused === undefined) return undefined;
    reply.code(refused.problem.status);
    reply.headers(refused.headers);
    reply.send(JSON.stringify(refused.problem));
    return reply;
  };
}
