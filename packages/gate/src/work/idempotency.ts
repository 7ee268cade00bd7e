import { isLockTimeout } from '@tenantry/db/constraints';
import { type KeyedCall, type StoredAnswer, keyInUse } from '@tenantry/db/idempotency/call';
import { fingerprintOf, secretFingerprintOf } from '@tenantry/db/idempotency/fingerprint';
import { type KeyOwner, abandonCall, claimKey, completeCall } from '@tenantry/db/idempotency/queries';
import { Refused, type Transaction } from '@tenantry/db/transaction';
import { type Refusal, refuse } from '@tenantry/domain/refusals';
import { orThrow } from '../public-error.ts';
import type { PassedCall } from './handler.ts';
import { sitedAnswer } from './stored-answer.ts';

const keyPattern = /^[\x21-\x7e]{1,255}$/;

/**
 * The keyed call of a mutation that names an Idempotency-Key; undefined without one. The keys of staff are their own:
 * two members of staff never share one. Throws `invalid_input`.
 */
export function keyedCall(
  { app, account, actor, calling, incoming, terms }: Omit<PassedCall, 'callInfo' | 'now'>,
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
  return { procedure: terms.keysOf ?? calling.path, key: own, fingerprint, requestId: incoming.requestId };
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
export function ownerOf({ account, actor }: Pick<PassedCall, 'account' | 'actor'>): KeyOwner {
  if (account !== undefined) return { accountId: account.id };
  if (actor.kind === 'user') return { personId: actor.userId };
  if (actor.kind === 'staff') return { personId: actor.staffId };
  if (actor.kind === 'service_key') return { personId: actor.keyId };
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
    if (isLockTimeout(fault)) throw new Refused(keyInUse());
    throw fault;
  }
}

/** Stores the answer to a call that has a key, for a day. */
export async function finishCall(
  tx: Transaction,
  ctx: PassedCall,
  keyed: KeyedCall | undefined,
  { input, shown }: { input: unknown; shown: unknown },
): Promise<void> {
  if (keyed === undefined) return;
  const answer = sitedAnswer(ctx, input, shown);
  await completeCall(tx, ownerOf(ctx), { call: keyed, answer, now: ctx.now });
}

/** Frees the key of a call that has failed. */
export async function freeKey(tx: Transaction, ctx: PassedCall, keyed: KeyedCall): Promise<void> {
  await abandonCall(tx, ownerOf(ctx), keyed);
}
