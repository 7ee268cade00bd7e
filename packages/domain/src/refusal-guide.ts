import type { ProblemCode } from './refusals.ts';

/** What a person who meets a code needs to know besides its sentence. */
export interface RefusalGuide {
  /** Why the call was refused: the rule that said no. */
  readonly why: string;
  /** What to do about it, and by whom. */
  readonly remedy: string;
}

/** One entry for each code; `docs/errors.md` is made of them, and of the terms of the procedures that answer the code. */
export const refusalGuide: Readonly<Record<ProblemCode, RefusalGuide>> = {
  invalid_input: {
    why: 'The body is not JSON in UTF-8, a field, header or query key has a value that its schema does not take, or a field is missing or unknown. `errors` names each field with what is wrong with it.',
    remedy:
      'Change the fields that `errors` names. Nothing was done, so the corrected call may be sent at once.',
  },
  account_required: {
    why: 'The caller belongs to several accounts, or is a service key, and the call does not say which account it is for.',
    remedy:
      'Send the id of the account in the header `Tenantry-Account`. `POST /v1/sessions` answers the accounts of a person. A service key may send its own id of the account in `Tenantry-External-Account` instead.',
  },
  unauthenticated: {
    why: 'The call has no credential, several, one in a place that is not read (a query, `X-API-Key`), or one that is wrong, expired or revoked. A credential of the API is none on the admin app, and the reverse. Where the secret is right, `credential` names its kind and whether it was revoked, has expired, or came from another address; a guess learns nothing.',
    remedy:
      'Send one `Authorization: Bearer …` header. Renew an access token with `POST /v1/sessions/refresh`, or sign in again. For an API key, read `credential`, and ask whoever made it (`createdBy`) for another. `GET /v1/credential` tells what a credential is.',
  },
  second_factor_required: {
    why: 'The password is right, and the person has an authenticator app. On the admin app also: the member of staff has none, and in production may do nothing else before it is set up.',
    remedy:
      'Send the same call with `totpCode`: the six digits of the app, or a recovery code that was not used yet. Staff without an app set one up with `POST /v1/me/totp` of the admin app.',
  },
  insufficient_credits: {
    why: 'The call needs `required` credits and the account has `available`. Nothing was charged and no provider was called.',
    remedy:
      'Ask for less (`maxOutputTokens`, fewer units), release holds that are not needed, or buy credits or a larger plan.',
  },
  trial_expired: {
    why: 'The trial is over and no plan was paid. What the account holds is kept and can be read.',
    remedy: 'An owner chooses a plan with `POST /v1/subscription/change` and pays its invoice.',
  },
  payment_pending: {
    why: 'A plan was chosen and its first payment is not confirmed yet.',
    remedy:
      'Pay the open invoice of `GET /v1/invoices`. After a bank transfer, add its proof and wait until staff confirm it.',
  },
  payment_overdue: {
    why: 'The paid period and its days of grace are over.',
    remedy: 'Pay the open invoice of `GET /v1/invoices`; the account works again as soon as it is confirmed.',
  },
  subscription_cancelled: {
    why: 'The subscription was cancelled, and the period that was paid has ended.',
    remedy: 'An owner chooses a plan with `POST /v1/subscription/change` and pays its invoice.',
  },
  subscription_expired: {
    why: 'The subscription has ended.',
    remedy: 'An owner chooses a plan with `POST /v1/subscription/change` and pays its invoice.',
  },
  plan_inactive: {
    why: 'The operator withdrew the plan of the account.',
    remedy: 'An owner chooses a plan of `GET /v1/plans` with `POST /v1/subscription/change`.',
  },
  plan_lacks_feature: {
    why: 'The plan of the account does not include the feature that the operation needs.',
    remedy: 'Choose a plan of `GET /v1/plans` that lists the feature.',
  },
  plan_limit_reached: {
    why: 'The plan allows `limit` of these and the account has `used`. Deleted ones do not count.',
    remedy: 'Delete one that is not needed, or choose a plan with a higher limit.',
  },
  spending_limit_reached: {
    why: 'The site or the API key has a limit of credits a day. The call would go above `limit`, of which `used` are spent or held.',
    remedy:
      'Wait until the next day in UTC, or have somebody with `credit:write` or `key:write` raise the limit.',
  },
  account_suspended: {
    why: 'The operator suspended the account. Every credential of it gets this answer, and a payment does not lift it.',
    remedy: 'Ask the operator. Staff reactivate the account.',
  },
  account_closed: {
    why: 'The account was closed.',
    remedy: 'Register a new account, or ask the operator.',
  },
  role_forbids: {
    why: 'The role of the person in this account, or of staff, does not include what the operation needs.',
    remedy:
      'Ask an owner or an admin of the account to do it or to change the role; staff ask a platform admin.',
  },
  scope_missing: {
    why: 'The credential is an API key or a service key without the scope that the operation needs, or the operation is for signed-in people alone.',
    remedy:
      'Make a key with the scope that the reference names; where it says that no key may call, sign in.',
  },
  site_forbidden: {
    why: 'The caller is limited to certain sites, and the call names none or would act on all.',
    remedy:
      'Name one of your sites in `siteId`; `GET /v1/sites` lists them. Leave what concerns the whole account to an owner or admin.',
  },
  origin_refused: {
    why: 'A browser sent a session cookie with a change from a page of an origin that is not allowed.',
    remedy:
      'Serve the page from the origin of `PUBLIC_URL`, or have the operator add its origin to `ALLOWED_ORIGINS`; the log names the origin. The admin app takes changes from the origin of `ADMIN_PUBLIC_URL` alone. A call with `Authorization` needs no origin.',
  },
  impersonation_read_only: {
    why: 'The credential is that of a member of staff who looks at the account as one of its members. It reads what that member may read, but for keys and webhooks, and changes nothing.',
    remedy:
      'Make the change in the console, where it has a reason and stays on record, or let the member make it.',
  },
  not_found: {
    why: 'No operation has this path, or an id or name in the call belongs to nothing that the caller may see. What is deleted, expired, of another account or of a site outside your list answers the same as what never was. `errors` names the fields that may be wrong.',
    remedy:
      'Check the spelling of the path and of each id or name, and that the call is for the right account. The lists (`GET /v1/sites`, `/v1/operations`, …) show what there is.',
  },
  method_not_allowed: {
    why: 'The path exists and does not take this method.',
    remedy: 'Use a method of the header `Allow`.',
  },
  conflict: {
    why: 'The thing is in a state that does not allow this change, already has what the change would give it, or was changed or deleted by another call in the meantime. A key that was rotated is rotated through its successor.',
    remedy: 'Read it again, and decide on its present state.',
  },
  idempotency_in_flight: {
    why: 'An earlier call with this Idempotency-Key has not answered yet.',
    remedy:
      'Wait as long as `Retry-After` says and send the same call with the same key; it gets the answer of the first.',
  },
  hold_resolved: {
    why: 'The hold was settled, released, or has expired; a hold is resolved once.',
    remedy:
      'Read it with `GET /v1/credits/holds/{holdId}`. Work beyond a settled hold is charged by a true-up or a new hold.',
  },
  email_taken: {
    why: 'Somebody is registered with this address.',
    remedy: 'Sign in, or reset the password with `POST /v1/password-resets`.',
  },
  email_unverified: {
    why: 'A second factor needs a confirmed address, so that nobody locks out the owner of a mailbox.',
    remedy: 'Ask for the link with `POST /v1/email-verifications`, let the person follow it, and try again.',
  },
  domain_taken: {
    why: 'Another site of the same account has this domain.',
    remedy: 'Use that site, or change or delete its domain first.',
  },
  external_id_taken: {
    why: 'An account has this external id, and the request that made it had other fields.',
    remedy:
      'Act for the account that there is with the header `Tenantry-External-Account`, or send the fields of the first request. An external id names one account for ever.',
  },
  last_owner: {
    why: 'The change would leave the account without an owner.',
    remedy: 'Make another member an owner first.',
  },
  last_platform_admin: {
    why: 'The change would leave no member of staff who may sign in and manage staff.',
    remedy:
      'Make another member of staff a platform admin first, in the console or with `tenantry staff add`.',
  },
  already_member: {
    why: 'Somebody who is a member of the account is invited, or accepts an invitation to it.',
    remedy: 'Change their role with `PATCH /v1/members/{userId}`. `GET /v1/members` lists the members.',
  },
  reference_taken: {
    why: 'The reference was used for another payment or correction, with other figures.',
    remedy: 'Check the reference. Send the same fields again to get the first answer.',
  },
  payment_state: {
    why: 'The payment or its invoice is not in a state that allows this: it is paid, void, rejected, or another payment of it waits.',
    remedy: 'Read the payment and its invoice, and act on their present state. Staff read why in `reason`.',
  },
  invoice_ambiguous: {
    why: 'The account has no open invoice or several, and the confirmation names neither an invoice nor a payment.',
    remedy: 'Send `invoiceId`, or `paymentId`. `GET /v1/payments` of the admin app lists the payments.',
  },
  provider_disabled: {
    why: 'The operator did not set up this way to pay.',
    remedy: 'Pay another way, such as by bank transfer.',
  },
  run_interrupted: {
    why: 'A run with this Idempotency-Key broke off after it had delivered some text: its reader left or took nothing more, or the provider failed. `credits` is what it was charged, once.',
    remedy:
      'Repeat it as a stream with the same key to read what was delivered. Use a new key to run it again, which is charged anew.',
  },
  payload_too_large: {
    why: 'The body is above its limit: 1 MB of JSON, 10 MB for a file.',
    remedy: 'Send less, or in several calls.',
  },
  unsupported_media_type: {
    why: 'The body is not of a type that the operation takes, is in another charset than UTF-8, or is compressed.',
    remedy:
      'Send `Content-Type: application/json` in UTF-8 without a `Content-Encoding`; a proof of payment is `multipart/form-data` with a PNG, JPEG or PDF.',
  },
  idempotency_mismatch: {
    why: 'The Idempotency-Key was used within 24 hours for a call with another input.',
    remedy: 'Use a new key for a new call, or send exactly the first input again.',
  },
  settle_above_hold: {
    why: 'The amount is above what was held, and the call does not allow an excess.',
    remedy:
      'Settle at most the held amount, or send `allowExcess` to take the rest from the available credits.',
  },
  amount_mismatch: {
    why: 'The amount is not that of the invoice, or more than what is left of the charge (`required`, `available`).',
    remedy: 'Compare the amount with the invoice or the charge and send the right one.',
  },
  currency_mismatch: {
    why: 'The payment is in another currency than its invoice.',
    remedy: 'Send the currency of the invoice, or have the payer transfer in it.',
  },
  operation_not_runnable: {
    why: 'Only operations that make text and are counted in tokens, words or requests are run here. Any other is priced for work that the caller does.',
    remedy: 'Hold its credits with `POST /v1/credits/holds`, do the work, and settle.',
  },
  provider_refused: {
    why: 'The model provider does not take the input. `reason` says which kind: `content_filter`, `context_length`, `invalid_request` or `model_not_found`. Nothing was charged.',
    remedy:
      'Change the prompt for `content_filter`; shorten it or ask for less output for `context_length`. The operator looks at the model for the other two.',
  },
  throttled: {
    why: 'The rate of the plan, of the key, of the person or of the address is used up for this minute. `RateLimit` names the rate.',
    remedy: 'Wait as long as `Retry-After` says. Spread calls, or choose a plan with higher rates.',
  },
  unavailable: {
    why: 'The database did not answer, or the server is about to end.',
    remedy:
      'Try again after `Retry-After`, with the same Idempotency-Key where the call has one. Operators look at `/health/ready` and the log.',
  },
  provider_unavailable: {
    why: 'The model provider is down, overloaded or too slow, or refuses the account of the operator. A run that delivered nothing is not charged.',
    remedy:
      'Try again after `Retry-After`, which is the provider’s own where it named one, with the same Idempotency-Key. Operators find the request id in the log.',
  },
  request_timeout: {
    why: 'The headers or the body of the request did not arrive in the time that the server waits for them.',
    remedy:
      'Send it again with an Idempotency-Key where the call has one, over a better connection or in smaller parts.',
  },
  expectation_failed: {
    why: 'The request has a header `Expect` with another value than `100-continue`.',
    remedy: 'Leave the header out.',
  },
  headers_too_large: {
    why: 'The path, the query and the headers are larger than 16 KB together.',
    remedy: 'Send fewer or shorter headers and cookies, and put long inputs into the body of a POST.',
  },
  internal_error: {
    why: 'The server met a state that its code excludes. Nothing was half done: the change was rolled back.',
    remedy: 'Report the request id to the operator, whose log has the fault under it.',
  },
};
