import type { ProblemCode } from './problem-code.ts';

/** What the API answers instead of a result: an RFC 9457 problem. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  /**
   * What to decide on. A code never changes its meaning. A `switch` without a `default` is checked for completeness;
   * an API that is newer than this client may answer a code that is not in the list.
   */
  code: ProblemCode;
  /** Quote it when you ask for help. */
  requestId: string;
  /** What is wrong with which part of the input (400). */
  errors?: { path: string; message: string }[];
  /** Credits that the call needs, and that the account has (`insufficient_credits`). */
  required?: number;
  available?: number;
  /** What the plan allows, and what is used of it (`plan_limit_reached`). */
  limit?: number;
  used?: number;
  /** The money that was expected, in minor units. */
  expected?: { amount: number; currency: string };
  /** The money that the request names, where another was expected. */
  given?: { amount: number; currency: string };
  /** When to try again (429, 503, `idempotency_in_flight`). */
  retryAfterSeconds?: number;
  /** The credential that was refused, for who holds it. */
  credential?: {
    kind: 'api_key' | 'service_key' | 'access_token' | 'session' | 'impersonation';
    fault: 'revoked' | 'expired' | 'address_not_allowed';
  };
  /**
   * Why the model provider refuses the input (`provider_refused`). To staff alone: what the payment or its invoice is
   * (`payment_state`).
   */
  reason?:
    | 'content_filter'
    | 'context_length'
    | 'invalid_request'
    | 'model_not_found'
    | 'open'
    | 'partially_paid'
    | 'paid'
    | 'void'
    | 'cancelled'
    | 'superseded'
    | 'voided'
    | 'pending_approval'
    | 'succeeded'
    | 'failed'
    | 'refunded'
    | 'returned'
    | 'approval_missing'
    | 'second_approver_missing';
  /** What a run was charged that did not end whole (`run_interrupted`, a `failed` event). */
  credits?: { charged: number; available: number };
}

/**
 * The problem that a call was refused with. Undefined for whatever else a call can throw: a lost connection, an abort,
 * an answer that is not of Tenantry.
 */
export function problemOf(fault: unknown): Problem | undefined {
  if (typeof fault !== 'object' || fault === null || !('data' in fault)) return undefined;
  return isProblem(fault.data) ? fault.data : undefined;
}

function isProblem(value: unknown): value is Problem {
  return (
    typeof value === 'object' &&
    value !== null &&
    'status' in value &&
    typeof value.status === 'number' &&
    'code' in value &&
    typeof value.code === 'string' &&
    'requestId' in value &&
    typeof value.requestId === 'string'
  );
}
