import { type Refusal, refuse } from '@tenantry/domain/refusals';
import { addDays } from '@tenantry/domain/time';
import { claimSeconds } from '@tenantry/domain/timeouts';

/** Where the mark of a call is stored in its account: the procedure with the Idempotency-Key that the caller chose. */
export interface KeyPlace {
  procedure: string;
  key: string;
}

/** A call that named an Idempotency-Key; `fingerprint` is a digest of its input. */
export interface KeyedCall extends KeyPlace {
  fingerprint: string;
}

/** What is stored of a call: that it runs, or what it was answered. */
export interface StoredCall extends KeyedCall {
  state: 'running' | 'done';
  /** The answer as JSON; null while the call runs. */
  body: string | null;
}

/** A stored call as it is written. */
export interface CallMark extends StoredCall {
  createdAt: Date;
  expiresAt: Date;
}

/** The answer of an earlier call with the same key, as JSON. */
export interface StoredAnswer {
  replay: string;
}

/** Tells the stored answer of an earlier call from a new answer. */
export function isStoredAnswer(value: unknown): value is StoredAnswer {
  return typeof value === 'object' && value !== null && 'replay' in value && Object.keys(value).length === 1;
}

/** What an earlier call with the same key means for a new one. */
export type Verdict = StoredAnswer | Refusal<'idempotency_mismatch' | 'idempotency_in_flight'>;

/** How long an answer is kept. */
const answerDays = 1;

/** The mark of a call that begins now; it claims its key for some seconds, in case the call never ends. */
export function runningMark(
  { procedure, key, fingerprint }: KeyedCall,
  now: Date,
  seconds: number = claimSeconds.call,
): CallMark {
  const expiresAt = new Date(now.getTime() + seconds * 1000);
  return { procedure, key, fingerprint, state: 'running', body: null, createdAt: now, expiresAt };
}

/** The mark of a call that is answered now; `body` is its answer as JSON. */
export function doneMark({ procedure, key, fingerprint }: KeyedCall, body: string, now: Date): CallMark {
  const expiresAt = addDays(now, answerDays);
  return { procedure, key, fingerprint, state: 'done', body, createdAt: now, expiresAt };
}

/**
 * What a call is answered whose key was used before: the stored answer. Refuses `idempotency_mismatch` for another
 * input and `idempotency_in_flight` while the earlier call runs.
 */
export function verdictOf(
  { fingerprint, state, body }: Omit<StoredCall, keyof KeyPlace>,
  own: string,
): Verdict {
  if (fingerprint !== own) return refuse('idempotency_mismatch');
  if (state === 'running' || body === null) return refuse('idempotency_in_flight');
  return { replay: body };
}
