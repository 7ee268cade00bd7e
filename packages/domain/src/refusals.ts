/**
 * Every refusal Tenantry can answer, with its one status for both transports. An added code needs four things: its status
 * here, its sentence in `refusalTitle`, its entry in `refusal-guide.ts` (why, and what to do), and a procedure whose terms
 * list it. The compiler asks for the first three; `docs/errors.md` cannot be generated without the last.
 */
import type { ProviderReason } from './run/finish.ts';

/** Every refusal Tenantry can answer, with its one status for both transports. Source: the contract's table. */
export const refusalStatus = {
  invalid_input: 400,
  account_required: 400,
  unauthenticated: 401,
  second_factor_required: 401,
  insufficient_credits: 402,
  trial_expired: 402,
  payment_pending: 402,
  payment_overdue: 402,
  subscription_cancelled: 402,
  subscription_expired: 402,
  plan_inactive: 402,
  plan_lacks_feature: 402,
  plan_limit_reached: 402,
  spending_limit_reached: 402,
  account_suspended: 403,
  account_closed: 403,
  role_forbids: 403,
  scope_missing: 403,
  site_forbidden: 403,
  origin_refused: 403,
  impersonation_read_only: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  idempotency_in_flight: 409,
  hold_resolved: 409,
  email_taken: 409,
  email_unverified: 409,
  domain_taken: 409,
  external_id_taken: 409,
  last_owner: 409,
  last_platform_admin: 409,
  already_member: 409,
  reference_taken: 409,
  payment_state: 409,
  invoice_ambiguous: 409,
  provider_disabled: 409,
  run_interrupted: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  idempotency_mismatch: 422,
  settle_above_hold: 422,
  amount_mismatch: 422,
  currency_mismatch: 422,
  operation_not_runnable: 422,
  provider_refused: 422,
  throttled: 429,
  unavailable: 503,
  provider_unavailable: 503,
} as const;

export type RefusalCode = keyof typeof refusalStatus;

/** Every code of the catalogue. */
export const refusalCodes: readonly RefusalCode[] = codesOf(refusalStatus);

/** What a server answers before there is a request that a procedure could refuse, with its status. */
export const parserStatus = {
  request_timeout: 408,
  expectation_failed: 417,
  headers_too_large: 431,
} as const;

/** What a problem may name: a refusal, a message that is no request, or a fault of the server. */
export const problemCodes = [
  ...refusalCodes,
  ...codesOf<keyof typeof parserStatus>(parserStatus),
  'internal_error',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

// The keys of an object literal are its own; TypeScript knows them only as texts.
function codesOf<Code extends string>(catalogue: Record<Code, number>): readonly Code[] {
  return Object.keys(catalogue) as Code[];
}

/** What kind of credential a caller can hold. */
export const credentialKinds = [
  'api_key',
  'service_key',
  'access_token',
  'session',
  'impersonation',
] as const;
export type CredentialKind = (typeof credentialKinds)[number];

/** Why a credential that its caller holds is refused. */
export const credentialFaults = ['revoked', 'expired', 'address_not_allowed'] as const;
export type HeldCredentialFault = (typeof credentialFaults)[number];

/** What a payment or its invoice is, where that refuses what staff ask. */
export const paymentReasons = [
  'open',
  'partially_paid',
  'paid',
  'void',
  'cancelled',
  'superseded',
  'voided',
  'pending_approval',
  'succeeded',
  'failed',
  'refunded',
  'returned',
  'approval_missing',
  'second_approver_missing',
] as const;
export type PaymentReason = (typeof paymentReasons)[number];

/** What a refusal may say besides its code: figures a client can act on, never texts of ours. */
export interface RefusalFacts {
  required?: number;
  available?: number;
  limit?: number;
  used?: number;
  retryAfterSeconds?: number;
  /** The money that was expected, in minor units. */
  expected?: { amount: number; currency: string };
  /** The money that the request names, where it is not the one that was expected. */
  given?: { amount: number; currency: string };
  errors?: { path: string; message: string }[];
  /** Of a caller who has proven to hold the credential; a guess learns nothing. */
  credential?: { kind: CredentialKind; fault: HeldCredentialFault };
  /** Why the provider takes no such request; to staff, why a payment or an invoice is closed. */
  reason?: ProviderReason | PaymentReason;
  /** What a run was charged that did not end whole, and what is available after it. */
  credits?: { charged: number; available: number };
}

/** A rule's "no". Rules return it; only the edge of a transaction throws. */
export interface Refusal<Code extends RefusalCode = RefusalCode> {
  readonly refused: Code;
  readonly facts: RefusalFacts;
}

/** Makes a refusal with the figures that belong to it. */
export function refuse<Code extends RefusalCode>(code: Code, facts: RefusalFacts = {}): Refusal<Code> {
  return { refused: code, facts };
}

/** Tells a refusal from an answer. */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value && 'facts' in value;
}

/**
 * The sentences a person reads: what happened, and what to do, in words that are true wherever the code is answered. They
 * depend on the code alone, so they can leak nothing; what differs from call to call is in the facts.
 */
export const refusalTitle = {
  invalid_input: 'The request does not have the required form. Change the fields that `errors` names.',
  account_required:
    'The call does not say which account it is for; name the account in the Tenantry-Account header.',
  unauthenticated: 'No valid credential was presented. Send one token or key as `Authorization: Bearer`.',
  second_factor_required:
    'A second factor is required. Send its code as `totpCode` when you sign in; staff who have none set one up first.',
  insufficient_credits: 'The account does not have enough credits. Ask for less, or buy credits.',
  trial_expired: 'The trial has ended. Choose a plan and pay it.',
  payment_pending:
    'The first payment has not arrived yet. Pay the open invoice, or wait for its confirmation.',
  payment_overdue: 'The payment for the current period is overdue. Pay the open invoice.',
  subscription_cancelled:
    'The subscription was cancelled and its period has ended. Choose a plan and pay it.',
  subscription_expired: 'The subscription has expired. Choose a plan and pay it.',
  plan_inactive: 'The plan of this account is no longer offered. Choose another.',
  plan_lacks_feature: 'The plan does not include this feature. Choose one that does.',
  plan_limit_reached: 'The plan does not allow any more of these. Delete one, or choose a larger plan.',
  spending_limit_reached:
    'This site or key has spent its credits for the day. Wait for the next day in UTC, or raise its limit.',
  account_suspended: 'The account is suspended. Ask the operator to reactivate it.',
  account_closed: 'The account is closed. Ask the operator, or register a new one.',
  role_forbids: 'Your role does not allow this. Ask somebody whose role does.',
  scope_missing:
    'The key lacks the scope for this. Use a key that has it, or sign in where keys may not call.',
  site_forbidden:
    'You are limited to certain sites: name one of them, and leave what concerns the whole account to an owner or admin.',
  origin_refused:
    'The page is of an origin that is not allowed. The operator adds origins to ALLOWED_ORIGINS; the admin app has ADMIN_PUBLIC_URL alone.',
  impersonation_read_only:
    'An impersonation reads, and neither changes nor spends anything, nor sees keys. Change it in the console as staff.',
  not_found:
    'Nothing that you may see has this path, or an id or name of the request. Check them, and the account.',
  method_not_allowed: 'This path does not take that method. Use one that the Allow header names.',
  conflict: 'The request conflicts with the present state. Read it again before you decide.',
  idempotency_in_flight:
    'A request with this Idempotency-Key is still running. Send it again after a moment, with the same key.',
  hold_resolved: 'The hold has already been settled or released, or has expired. Read it, or make another.',
  email_taken: 'This e-mail address is already registered. Sign in, or reset the password.',
  email_unverified:
    'Your e-mail address is not confirmed yet. Ask for the e-mail with the link, follow it, and try again.',
  domain_taken: 'Another site of this account has this domain. Use that site, or another domain.',
  external_id_taken:
    'Another request made an account with this external id. Use that account, or another external id.',
  last_owner: 'An account keeps at least one owner. Make another member an owner first.',
  last_platform_admin: 'Somebody has to manage staff. Make another member of staff a platform admin first.',
  already_member: 'This person is a member of the account already. Change their role instead.',
  reference_taken: 'This reference was used with other figures. Check it, or use another.',
  payment_state: 'The payment or its invoice is not in a state that allows this. Read it again.',
  invoice_ambiguous: 'There is not exactly one open invoice; name the invoice or the payment.',
  provider_disabled:
    'This way to pay is not enabled; Stripe and PayPal are coming soon. Pay in another way that GET /v1/payment-methods offers.',
  run_interrupted:
    'The run broke off and was charged for what it had delivered; run it again with a new Idempotency-Key.',
  payload_too_large: 'The request body is too large. Send less.',
  unsupported_media_type:
    'The request body has a type, charset or encoding that is not accepted here. Send plain UTF-8 of a type that is.',
  idempotency_mismatch: 'This Idempotency-Key was used with another input. Use a new key.',
  settle_above_hold: 'The amount is above the hold. Settle less, or allow the excess.',
  amount_mismatch: 'The amount does not fit the invoice or the charge. Compare them.',
  currency_mismatch: 'The currency differs from the invoice. Use that of the invoice.',
  operation_not_runnable: 'This operation cannot be run here; hold and settle its credits instead.',
  provider_refused: 'The model provider refuses this input; change what `reason` names.',
  throttled: 'Too many requests. Wait as long as Retry-After says.',
  unavailable: 'A service this depends on is not available; try again.',
  provider_unavailable:
    'The model provider is not available; try again after the time that Retry-After names.',
} as const satisfies Record<RefusalCode, string>;

/** The sentences of what a server answers before there is a request. */
export const parserTitle = {
  request_timeout: 'The request did not arrive in time; send it again.',
  expectation_failed: 'The header Expect can only be 100-continue. Leave it out.',
  headers_too_large: 'The path and the headers are larger than 16 KB together; send fewer or shorter ones.',
} as const satisfies Record<keyof typeof parserStatus, string>;

/** What a fault of the server says to its caller: nothing but the request id helps. */
export const faultTitle = 'Something failed on our side. Quote the request id when you report it.';
