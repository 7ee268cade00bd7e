import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { ResolvedHold } from './hold.ts';
import type { WebResponse } from './host.ts';
import type { Problem } from './problem.ts';
import type { AppRouter } from './router.ts';
import type { Work, WorkOptions } from './work-under-hold.ts';

type Input = inferRouterInputs<AppRouter>['credential']['verify'];
export type Verification = inferRouterOutputs<AppRouter>['credential']['verify'];
type Without<Value, Key> = Value extends unknown ? Omit<Value, Extract<keyof Value, Key>> : never;

/** What a credential must be good for. Without terms it must be valid, in an account of good standing. */
export type VerifyTerms = Without<Input, 'credential'> & {
  /**
   * Names a verification that holds credits: repeated within 24 hours it answers the same hold. Default: a new key for each.
   */
  idempotencyKey?: string | undefined;
};

/** A credential that may do what was asked. */
export type Accepted = Extract<Verification, { valid: true }> & {
  /**
   * Runs work under the hold that the terms asked for, and settles the hold at the usage that the work returns, or releases
   * it when the work throws; as `withCredits` does. Throws an error at once where the terms asked for no hold.
   */
  work<Value>(
    work: Work<Value>,
    options?: Omit<WorkOptions, 'idempotencyKey'>,
  ): Promise<{ value: Value; hold: ResolvedHold }>;
};

/** A credential that may not, or that nobody could verify (503). The product refuses its request. */
export interface Refused {
  valid: false;
  /** What to answer: the problem that a direct call of the API would get. */
  problem: Problem;
  /** The headers of that answer. */
  headers: Record<string, string>;
  /** The answer, for a framework of the Fetch API. */
  response(): WebResponse;
}

/** What the API says of the credential of a request. */
export type Verdict = Accepted | Refused;

/** Makes the refusal that a verification answers. */
export function refusedAs({ valid: _valid, ...refusal }: Extract<Verification, { valid: false }>): Refused {
  const title = titles[refusal.status] ?? 'Error';
  return refusedFor({ type: `urn:tenantry:problem:${refusal.code}`, title, ...refusal });
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
};

/** Makes the refusal of a problem. */
function refusedFor(problem: Problem): Refused {
  const { status, retryAfterSeconds } = problem;
  const headers = {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
  };
  return {
    valid: false,
    problem,
    headers,
    response: () => new Response(JSON.stringify(problem), { status, headers }),
  };
}

/** The refusal of a request without a credential; the API need not be asked. */
export const withoutCredential = (): Refused =>
  refusedFor({
    type: 'urn:tenantry:problem:unauthenticated',
    title: 'Unauthorized',
    status: 401,
    detail: 'Send one credential as `Authorization: Bearer`.',
    code: 'unauthenticated',
    requestId: '',
  });

/** The refusal of a request whose `Tenantry-Account` header names no one account. */
export const withoutAccount = (): Refused =>
  refusedFor({
    type: 'urn:tenantry:problem:invalid_input',
    title: 'Bad Request',
    status: 400,
    detail: 'The Tenantry-Account header must be one UUID.',
    code: 'invalid_input',
    requestId: '',
    errors: [{ path: 'Tenantry-Account', message: 'must be one UUID' }],
  });

/** The refusal of a request whose credential could not be verified. Nobody is let through meanwhile. */
export const unverified = (problem: Problem | undefined): Refused =>
  refusedFor({
    type: 'urn:tenantry:problem:unavailable',
    title: 'Service Unavailable',
    status: 503,
    detail: 'The credential cannot be verified now. Try again soon.',
    code: 'unavailable',
    requestId: problem?.requestId ?? '',
    retryAfterSeconds: problem?.retryAfterSeconds ?? 1,
  });
