import { hash } from 'node:crypto';
import { isLockTimeout } from '@tenantry/db/constraints';
import { type StoredCall, claimKey, completeCall, findCall } from '@tenantry/db/idempotency/queries';
import { type StoredAnswer, answerDays, runningSeconds, verdictOf } from '@tenantry/db/idempotency/verdict';
import { Refused, type AccountTransaction } from '@tenantry/db/transaction';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import { addDays } from '@tenantry/domain/time';
import canonicalize from 'canonicalize';

/** A call that named an Idempotency-Key. */
export interface KeyedCall {
  procedure: string;
  key: string;
  fingerprint: string;
}

const keyPattern = /^[\x21-\x7e]{1,255}$/;

/** The one Idempotency-Key of a mutation. Refuses `invalid_input`: several keys, a malformed one, or one for a batch. */
export function idempotencyKeyOf(
  keys: readonly string[],
  calls: number,
): string | undefined | Refusal<'invalid_input'> {
  const [key, ...others] = keys;
  if (key === undefined) return undefined;
  if (others.length === 0 && keyPattern.test(key) && calls === 1) return key;
  const message =
    calls === 1 ? 'must be one header of 1 to 255 visible ASCII characters' : 'cannot stand for a batch';
  return refuse('invalid_input', { errors: [{ path: 'Idempotency-Key', message }] });
}

/**
 * SHA-256, as 64 hex digits, of a parsed input in canonical JSON (RFC 8785): neither the order of keys nor a field that
 * is undefined counts.
 * @throws for what no parsed input holds: a number that is not finite, a circle
 */
export function fingerprintOf(input: unknown): string {
  return hash('sha256', canonicalize(withoutRawParts(input)) ?? 'null', 'hex');
}

/** The input with its bytes as their digest, and a text that is no valid Unicode, which canonical JSON refuses, escaped. */
function withoutRawParts(value: unknown): unknown {
  if (typeof value === 'string') return value.isWellFormed() ? value : JSON.stringify(value);
  if (value instanceof Uint8Array) return hash('sha256', value, 'hex');
  if (Array.isArray(value)) return value.map(withoutRawParts);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutRawParts(item)]));
}

/**
 * Claims a key in the transaction of the callInfo. Answers the stored answer of an earlier call; refuses
 * `idempotency_mismatch` for another input and `idempotency_in_flight` while the earlier call runs.
 */
export async function beginCall(
  tx: AccountTransaction,
  { procedure, key, fingerprint }: KeyedCall,
): Promise<StoredAnswer | Refusal | undefined> {
  const runningUntil = new Date(tx.now.getTime() + runningSeconds * 1000);
  try {
    const stored = await claimKey(tx, procedure, key, fingerprint, runningUntil);
    return stored === undefined ? undefined : verdictOf(stored, fingerprint);
  } catch (fault) {
    // The claim waits for the call that holds the key until the lock's bound of two seconds.
    if (isLockTimeout(fault)) throw new Refused(refuse('idempotency_in_flight'));
    throw fault;
  }
}

/** Stores the answer of a call for a day, with the fields named in `secrets` as null. */
export async function finishCall(
  tx: AccountTransaction,
  { procedure, key }: KeyedCall,
  answer: unknown,
  secrets: readonly string[] = [],
): Promise<void> {
  const body = storedText(answer, secrets);
  const keptUntil = addDays(tx.now, answerDays);
  await completeCall(tx, procedure, key, { status: 200, body, keptUntil });
}

/** An answer as it is kept, with the fields named in `secrets` as null. */
export function storedText(answer: unknown, secrets: readonly string[]): string {
  return JSON.stringify(answer, (name, value: unknown) => (secrets.includes(name) ? null : value));
}

/** Whether a flow with this key is still running; `undefined` when nobody has claimed it. */
export async function stateOfCall(
  tx: AccountTransaction,
  { procedure, key }: KeyedCall,
): Promise<StoredCall['state'] | undefined> {
  return (await findCall(tx, procedure, key))?.state;
}
