import { type NodeHeaders, type TermsOf, refusalIfUnverified } from './admit.ts';
import type { Service } from './service.ts';

export { verdictOf } from './admit.ts';

/** What is read of a request of Express. */
export interface ExpressRequest extends NodeHeaders {
  /** The address of the client; Express finds it behind the proxies that `trust proxy` names. */
  readonly ip?: string | undefined;
}

/** What is used of an answer of Express. */
export interface ExpressResponse {
  status(code: number): unknown;
  set(headers: Record<string, string>): unknown;
  end(body: string): unknown;
}

/**
 * Middleware that lets a request through when its credential may do what the terms say, and answers the refusal otherwise.
 * `verdictOf(request)` is then what the API says of it.
 */
export function requireTenant<Request extends ExpressRequest = ExpressRequest>(
  service: Pick<Service, 'verifyPresented'>,
  terms: TermsOf<Request>,
): (request: NoInfer<Request>, response: ExpressResponse, next: (fault?: unknown) => void) => Promise<void> {
  return async (request, response, next) => {
    try {
      const refused = await refusalIfUnverified(
        service,
        { request, headers: request, address: request.ip },
        terms,
      );
      if (refused === undefined) return next();
      response.status(refused.problem.status);
      response.set(refused.headers);
      response.end(JSON.stringify(refused.problem));
    } catch (fault) {
      next(fault);
    }
  };
}
