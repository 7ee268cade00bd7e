// Generated from the catalogue of refusals by `npm run generate`; do not edit.

/** Every code that a call can be refused with. A code never changes its meaning. */
export const refusalCodes = [
  'invalid_input',
  'account_required',
  'unauthenticated',
  'second_factor_required',
  'insufficient_credits',
  'trial_expired',
  'payment_pending',
  'payment_overdue',
  'subscription_cancelled',
  'subscription_expired',
  'plan_inactive',
  'plan_lacks_feature',
  'plan_limit_reached',
  'spending_limit_reached',
  'account_suspended',
  'account_closed',
  'role_forbids',
  'scope_missing',
  'site_forbidden',
  'origin_refused',
  'not_found',
  'method_not_allowed',
  'conflict',
  'idempotency_in_flight',
  'hold_resolved',
  'email_taken',
  'domain_taken',
  'last_owner',
  'already_member',
  'reference_taken',
  'payment_state',
  'invoice_ambiguous',
  'provider_disabled',
  'payload_too_large',
  'unsupported_media_type',
  'idempotency_mismatch',
  'settle_above_hold',
  'amount_mismatch',
  'currency_mismatch',
  'operation_not_runnable',
  'throttled',
  'unavailable',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** Every code that a problem can have: a refusal, a message that is no request, or a fault of the server. */
export const problemCodes = [
  ...refusalCodes,
  'request_timeout',
  'expectation_failed',
  'headers_too_large',
  'internal_error',
] as const;
export type ProblemCode = (typeof problemCodes)[number];
