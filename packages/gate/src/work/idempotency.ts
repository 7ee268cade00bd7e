import { isLockTimeout } from '@tenantry/db/constraints';
import type { KeyedCall, StoredAnswer } from '@tenantry/db/idempotency/call';
import { fingerprintOf, secretFingerprintOf } from '@tenantry/db/idempotency/fingerprint';
import {
  type KeyOwner,
  abandonCall,
  claimKey,
  completeCall,
  findCall,
} from '@tenantry/db/idempotency/queries';
import { Refused, type Transaction } from '@tenantry/db/transaction';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import { earlierCallMilliseconds } from '@tenantry/domain/timeouts';
import { orThrow } from '../public-error.ts';
import type { PassedCall } from './handler.ts';

const keyPattern = /^[\x21-\x7e]{1,255}$/;

/**
 * The keyed call of a mutation that names an Idempotency-Key; undefined without one. The keys of staff are their own:
 * two members of staff never share one. Throws `invalid_input`.
 */
export function keyedCall(
  { app, account, actor, calling, incoming }: Omit<PassedCall, 'terms' | 'callInfo' | 'now'>,
  input: unknown,
  isSecret = account === undefined,
): KeyedCall | undefined {
  const key = orThrow(idempotencyKeyOf(incoming.idempotencyKeys, incoming.calls));
  if (key === undefined) return undefined;
  const own = actor.kind === 'staff' ? `${actor.staffId} ${key}` : key;
  const { fingerprintKey } = app;
  const fingerprint =
    isSecret && fingerprintKey !== undefined
      ? secretFingerprintOf(input, fingerprintKey)
      : fingerprintOf(input);
  return { procedure: calling.path, key: own, fingerprint };
}

/** The one Idempotency-Key of a mutation. Refuses `invalid_input`: several keys, a malformed one, or one for a batch. */
function idempotencyKeyOf(
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

/** Whose keys a call uses: the account's, or those of the person or staff who act without one. */
function ownerOf({ account, actor }: Pick<PassedCall, 'account' | 'actor'>): KeyOwner {
  if (account !== undefined) return { accountId: account.id };
  if (actor.kind === 'user') return { personId: actor.userId };
  if (actor.kind === 'staff') return { personId: actor.staffId };
  throw new Error(`The actor ${actor.kind} has no Idempotency-Keys of its own.`);
}

/**
 * Claims the key of a call in a transaction; undefined when the call may go on, or has no key. Otherwise answers the
 * stored answer of the earlier call. Refuses `idempotency_mismatch` for another input, and `idempotency_in_flight` while
 * the earlier call runs.
 */
export async function beginCall(
  tx: Transaction,
  ctx: PassedCall,
  keyed: KeyedCall | undefined,
): Promise<StoredAnswer | Refusal | undefined> {
  if (keyed === undefined) return undefined;
  try {
    return await claimKey(tx, ownerOf(ctx), keyed, ctx.now);
  } catch (fault) {
    // The claim waits for the call that holds the key until the lock's bound of two seconds.
    if (isLockTimeout(fault)) throw new Refused(refuse('idempotency_in_flight'));
    throw fault;
  }
}

/** Stores the answer of a call that has a key, for a day, with the terms' secret fields as null. */
export async function finishCall(
  tx: Transaction,
  ctx: PassedCall,
  keyed: KeyedCall | undefined,
  answer: unknown,
): Promise<void> {
  if (keyed === undefined) return;
  const body = storedText(answer, ctx.terms.secrets ?? []);
  await completeCall(tx, ownerOf(ctx), { call: keyed, body, now: ctx.now });
}

/** Frees the key of a call that has failed. */
export async function freeKey(tx: Transaction, ctx: PassedCall, keyed: KeyedCall): Promise<void> {
  await abandonCall(tx, ownerOf(ctx), keyed);
}

/** An answer as it is stored, with the named fields as null. */
export function storedText(answer: unknown, secrets: readonly string[]): string {
  return JSON.stringify(answer, (name, value: unknown) => (secrets.includes(name) ? null : value));
}

const pollMilliseconds = 100;

/**
 * Waits a bounded time while an earlier call with the same key runs, and holds no transaction meanwhile. `read` runs a
 * short read-only transaction.
 */
export async function waitForEarlierCall(
  ctx: PassedCall,
  keyed: KeyedCall | undefined,
  read: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>,
): Promise<void> {
  if (keyed === undefined) return;
  for (let waited = 0; waited < earlierCallMilliseconds; waited += pollMilliseconds) {
    const stored = await read((tx) => findCall(tx, ownerOf(ctx), keyed, ctx.now));
    if (stored?.state !== 'running') return;
    await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
  }
}
