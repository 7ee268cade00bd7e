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
  /** The request that makes the call. Only this request may complete the call or free its key. */
  requestId: string;
}

/** An answer with the sites that a caller must see to be given it; null means every site of the account. */
export interface SitedAnswer {
  /** The answer as JSON. */
  body: string;
  sites: readonly string[] | null;
}

/** What is stored of a call: that it runs, or what it was answered. */
export interface StoredCall extends KeyPlace {
  fingerprint: string;
  state: 'running' | 'done';
  /** The answer as JSON; null while the call runs. */
  body: string | null;
  sites: readonly string[] | null;
}

/** A stored call as it is written. */
export interface CallMark extends StoredCall {
  requestId: string;
  createdAt: Date;
  expiresAt: Date;
}

/** The answer of an earlier call with the same key, as JSON, with the sites that a caller must see to be given it. */
export interface StoredAnswer {
  replay: string;
  sites: readonly string[] | null;
}

/** Tells the stored answer of an earlier call from a new answer. */
export function isStoredAnswer(value: unknown): value is StoredAnswer {
  return (
    typeof value === 'object' &&
    value !== null &&
    'replay' in value &&
    'sites' in value &&
    Object.keys(value).length === 2
  );
}

/** Whether a caller who is limited to `sites`, or to none when undefined, may be given a stored answer. */
export function mayBeReplayed(answer: StoredAnswer, sites: readonly string[] | undefined): boolean {
  return sites === undefined || (answer.sites?.every((site) => sites.includes(site)) ?? false);
}

/** What an earlier call with the same key means for a new one. */
export type Verdict = StoredAnswer | Refusal<'idempotency_mismatch' | 'idempotency_in_flight'>;

/** After how long a call is tried again whose key is in use. */
const retryAfterSeconds = 1;

/** How long an answer is kept. */
const answerDays = 1;

/** The mark of a call that begins now; it claims its key until a time, in case the call never ends. */
export function runningMark(
  { procedure, key, fingerprint, requestId }: KeyedCall,
  now: Date,
  until = new Date(now.getTime() + claimSeconds.call * 1000),
): CallMark {
  const place = { procedure, key, fingerprint, requestId };
  return { ...place, state: 'running', body: null, sites: null, createdAt: now, expiresAt: until };
}

/** The mark of a call that is answered now. */
export function doneMark(
  { procedure, key, fingerprint, requestId }: KeyedCall,
  { body, sites }: SitedAnswer,
  now: Date,
): CallMark {
  const place = { procedure, key, fingerprint, requestId };
  return { ...place, state: 'done', body, sites, createdAt: now, expiresAt: addDays(now, answerDays) };
}

/** The refusal of a call whose key is in use by a call that still runs. */
export function keyInUse(): Refusal<'idempotency_in_flight'> {
  return refuse('idempotency_in_flight', { retryAfterSeconds });
}

/**
 * What a call is answered whose key was used before: the stored answer. Refuses `idempotency_mismatch` for another
 * input and `idempotency_in_flight` while the earlier call runs.
 */
export function verdictOf(
  { fingerprint, state, body, sites }: Omit<StoredCall, keyof KeyPlace>,
  own: string,
): Verdict {
  if (fingerprint !== own) return refuse('idempotency_mismatch');
  if (state === 'running' || body === null) return keyInUse();
  return { replay: body, sites };
}
