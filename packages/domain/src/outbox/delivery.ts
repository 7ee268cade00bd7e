/** What has become of a message on its way to one endpoint. */
export const deliveryStatuses = ['pending', 'delivered', 'failed'] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** How one attempt ended. */
export const attemptOutcomes = [
  'delivered',
  'rejected',
  'gone',
  'redirected',
  'timed_out',
  'unreachable',
  'name_not_found',
  'tls_failed',
  'address_refused',
] as const;
export type AttemptOutcome = (typeof attemptOutcomes)[number];

/** What each outcome means, as a sentence of the pages. */
export const outcomeMeanings: Readonly<Record<AttemptOutcome, string>> = {
  delivered: 'The endpoint answered with a status from 200 to 299.',
  rejected: 'The endpoint answered with another status.',
  gone: 'The endpoint answered 410. It is disabled at once.',
  redirected: 'The endpoint answered with a redirect. Redirects are not followed.',
  timed_out: 'The endpoint did not answer in time.',
  unreachable: 'There was no connection, or it broke before the answer.',
  name_not_found: 'The name of the host has no address.',
  tls_failed: 'The certificate of the host is not valid for it.',
  address_refused: 'The host has an address that is not a public one.',
};

/** Why nothing is sent to an endpoint any more: its account said so, it failed for too long, or it answered 410. */
export const disabledReasons = ['asked', 'failing', 'gone'] as const;
export type DisabledReason = (typeof disabledReasons)[number];

/** The outcome of an attempt that got an answer with a status. */
export function outcomeOf(status: number): AttemptOutcome {
  if (status >= 200 && status < 300) return 'delivered';
  if (status === 410) return 'gone';
  return status >= 300 && status < 400 ? 'redirected' : 'rejected';
}
