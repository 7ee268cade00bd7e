import { createHash } from 'node:crypto';
import { isLockTimeout } from '@tenantry/db/constraints';
import type { KeyedCall, StoredAnswer, StoredCall } from '@tenantry/db/idempotency/call';
import { claimKey, completeCall, findCall } from '@tenantry/db/idempotency/queries';
import { Refused, type AccountTransaction } from '@tenantry/db/transaction';
import { type Refusal, refuse } from '@tenantry/domain/refusals';

export type { KeyedCall } from '@tenantry/db/idempotency/call';

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

/** A digest of a parsed input that does not depend on the order of keys. */
export function fingerprintOf(input: unknown): string {
  return createHash('sha256').update(canonical(input)).digest('hex');
}

function canonical(value: unknown): string {
  if (value instanceof Date) return JSON.stringify(value);
  if (value instanceof Uint8Array) return createHash('sha256').update(value).digest('hex');
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  const sorted = entries.toSorted(([left], [right]) => (left < right ? -1 : 1));
  return `{${sorted.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
}

/**
 * Claims a key in the transaction of the change. Answers the stored answer of an earlier call; refuses
 * `idempotency_mismatch` for another input and `idempotency_in_flight` while the earlier call runs.
 */
export async function beginCall(
  tx: AccountTransaction,
  call: KeyedCall,
): Promise<StoredAnswer | Refusal | undefined> {
  try {
    return await claimKey(tx, call);
  } catch (fault) {
    // The claim waits for the call that holds the key until the lock's bound of two seconds.
    if (isLockTimeout(fault)) throw new Refused(refuse('idempotency_in_flight'));
    throw fault;
  }
}

/** Stores the answer of a call for a day, with the fields named in `secrets` as null. */
export async function finishCall(
  tx: AccountTransaction,
  call: KeyedCall,
  answer: unknown,
  secrets: readonly string[] = [],
): Promise<void> {
  await completeCall(tx, call, storedText(answer, secrets));
}

/** An answer as it is kept, with the fields named in `secrets` as null. */
export function storedText(answer: unknown, secrets: readonly string[]): string {
  return JSON.stringify(answer, (name, value: unknown) => (secrets.includes(name) ? null : value));
}

/** Whether a flow with this key is still running; `undefined` when nobody has claimed it. */
export async function stateOfCall(
  tx: AccountTransaction,
  call: KeyedCall,
): Promise<StoredCall['state'] | undefined> {
  return (await findCall(tx, call))?.state;
}
