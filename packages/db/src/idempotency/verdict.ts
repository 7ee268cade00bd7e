import { type Refusal, refuse } from '@tenantry/domain/refusals';
import type { StoredCall } from './queries.ts';

/** The answer of an earlier call with the same key, as JSON. */
export interface StoredAnswer {
  replay: string;
}

/** How long a key stays claimed by a call that never ends. */
export const runningSeconds = 15 * 60;

/** How long an answer is kept. */
export const answerDays = 1;

/** The stored mark of a call with an Idempotency-Key: that it runs, or what it was answered. */
export interface CallMark {
  procedure: string;
  key: string;
  fingerprint: string;
  state: 'running' | 'done';
  body: string | null;
  expiresAt: Date;
}

/** What a call is told whose key was used before: the stored answer, or why there is none for it. */
export function verdictOf(
  { fingerprint, state, body }: Pick<StoredCall, 'fingerprint' | 'state' | 'body'>,
  own: string,
): StoredAnswer | Refusal<'idempotency_mismatch' | 'idempotency_in_flight'> {
  if (fingerprint !== own) return refuse('idempotency_mismatch');
  if (state === 'running' || body === null) return refuse('idempotency_in_flight');
  return { replay: body };
}
