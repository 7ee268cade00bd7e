import { describe, expect, expectTypeOf, it } from 'vitest';
import { type ProblemCode, type RefusalCode, problemCodes, refusalCodes } from './problem-code.ts';
import { type Problem, problemOf } from './problem.ts';

type Actor = 'program' | 'person' | 'owner' | 'operator' | 'nobody';

/** Who can do something about a problem. It does not compile when a code is missing. */
function whoActs(code: ProblemCode): Actor {
  switch (code) {
    case 'invalid_input':
    case 'account_required':
    case 'origin_refused':
    case 'method_not_allowed':
    case 'request_timeout':
    case 'expectation_failed':
    case 'headers_too_large':
    case 'payload_too_large':
    case 'unsupported_media_type':
    case 'idempotency_mismatch':
    case 'hold_resolved':
    case 'settle_above_hold':
    case 'operation_not_runnable':
    case 'run_interrupted':
      return 'program';
    case 'unauthenticated':
    case 'second_factor_required':
    case 'email_unverified':
    case 'not_found':
    case 'conflict':
    case 'email_taken':
    case 'domain_taken':
    case 'reference_taken':
    case 'amount_mismatch':
    case 'currency_mismatch':
    case 'invoice_ambiguous':
    case 'payment_state':
    case 'provider_refused':
      return 'person';
    case 'insufficient_credits':
    case 'trial_expired':
    case 'payment_pending':
    case 'payment_overdue':
    case 'subscription_cancelled':
    case 'subscription_expired':
    case 'plan_inactive':
    case 'plan_lacks_feature':
    case 'plan_limit_reached':
    case 'spending_limit_reached':
    case 'role_forbids':
    case 'impersonation_read_only':
    case 'scope_missing':
    case 'site_forbidden':
    case 'last_owner':
    case 'last_platform_admin':
    case 'already_member':
    case 'external_id_taken':
      return 'owner';
    case 'account_suspended':
    case 'account_closed':
    case 'provider_disabled':
    case 'internal_error':
      return 'operator';
    case 'throttled':
    case 'unavailable':
    case 'provider_unavailable':
    case 'idempotency_in_flight':
      return 'nobody';
    default:
      return never(code);
  }
}

function never(code: never): never {
  throw new Error(`No case is left for ${String(code)}.`);
}

describe('the codes of problems', () => {
  it.each(problemCodes)('are complete in a switch that the compiler checks: %s', (code) => {
    expect(['program', 'person', 'owner', 'operator', 'nobody']).toContain(whoActs(code));
  });

  it('are a closed union: a switch that lacks one does not compile', () => {
    const isRetried = (code: RefusalCode): boolean => {
      if (code === 'throttled') return false;
      // @ts-expect-error -- every code but one is left
      return never(code);
    };
    expect(isRetried('throttled')).toBe(false);
    const others = ['request_timeout', 'expectation_failed', 'headers_too_large', 'internal_error'] as const;
    expectTypeOf<Exclude<ProblemCode, RefusalCode>>().toEqualTypeOf<(typeof others)[number]>();
    expect(problemCodes).toEqual([...refusalCodes, ...others]);
  });
});

describe('the problem of a fault', () => {
  const problem: Problem = {
    type: 'urn:tenantry:problem:throttled',
    title: 'Too Many Requests',
    status: 429,
    detail: 'Too many requests.',
    code: 'throttled',
    requestId: 'one',
  };

  it('is what the API answered', () => {
    const fault: unknown = Object.assign(new Error('refused'), { data: problem });
    const found = problemOf(fault);
    expectTypeOf(found).toEqualTypeOf<Problem | undefined>();
    expect(found).toBe(problem);
  });

  it.each([
    undefined,
    null,
    'offline',
    new Error('offline'),
    { data: null },
    { data: undefined },
    { data: { code: 'throttled' } },
    { data: { ...problem, status: '429' } },
    { data: { ...problem, code: 429 } },
    { data: { ...problem, requestId: undefined } },
  ])('is undefined for %j', (fault) => {
    expect(problemOf(fault)).toBeUndefined();
  });
});
