import type { Service } from './service.ts';
import type { Accepted, Refused, VerifyTerms } from './verdict.ts';

/** The terms of a route, or what finds them for a request. */
export type TermsOf<Request> = VerifyTerms | ((request: Request) => VerifyTerms | Promise<VerifyTerms>);

/** What an adapter reads of a request of Node. */
export interface NodeHeaders {
  /** Every value of each header; Node keeps one value of `authorization` in `headers`. */
  readonly headersDistinct: Readonly<Record<string, string[] | undefined>>;
}

const accepted = new WeakMap<object, Accepted>();

/**
 * What an adapter of Node does with a request: verifies its credential, and keeps what the API says of it for `verdictOf`.
 * Answers the refusal.
 */
export async function refusalIfUnverified<Request extends object>(
  service: Pick<Service, 'verifyPresented'>,
  { request, headers, address }: { request: Request; headers: NodeHeaders; address: string | undefined },
  termsOf: TermsOf<Request>,
): Promise<Refused | undefined> {
  const terms = typeof termsOf === 'function' ? await termsOf(request) : termsOf;
  const { headersDistinct } = headers;
  const authorizations = headersDistinct['authorization'] ?? [];
  const accounts = headersDistinct['tenantry-account'] ?? [];
  const verdict = await service.verifyPresented({ authorizations, accounts, address }, terms);
  if (!verdict.valid) return verdict;
  accepted.set(request, verdict);
  return undefined;
}

/** What the API says of the credential of a request that an adapter has let through. Throws for any other request. */
export function verdictOf(request: object): Accepted {
  const verdict = accepted.get(request);
  if (verdict === undefined)
    throw new Error('This request has not been verified: its route lacks requireTenant.');
  return verdict;
}
