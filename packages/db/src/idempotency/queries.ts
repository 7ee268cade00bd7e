import { refuse } from '@tenantry/domain/refusals';
import { rows } from '../sql.ts';
import type { AccountTransaction, Transaction } from '../transaction.ts';
import {
  type KeyPlace,
  type KeyedCall,
  type StoredCall,
  type Verdict,
  doneMark,
  runningMark,
  verdictOf,
} from './call.ts';
import { claimCall, findCommand, forgetExpired, writeCommand } from './statements.ts';

/**
 * Claims a key for a call in its own transaction; undefined when the call may go on. Otherwise answers what the
 * earlier call with the key means. Waits for a transaction that holds the key, up to the role's bound on locks.
 */
export async function claimKey(tx: AccountTransaction, call: KeyedCall): Promise<Verdict | undefined> {
  const { procedure, key, fingerprint, createdAt, expiresAt } = runningMark(call, tx.now);
  const until = expiresAt.toISOString();
  const values = [tx.accountId, procedure, key, fingerprint, createdAt.toISOString(), until];
  if ((await rows(tx, claimCall, values)).length === 1) return undefined;
  const stored = await findCall(tx, call);
  // The call that held the key has freed it since; the client's next attempt gets it.
  return stored === undefined ? refuse('idempotency_in_flight') : verdictOf(stored, fingerprint);
}

/** What is stored at a place, unless its time is over. */
export async function findCall(tx: AccountTransaction, place: KeyPlace): Promise<StoredCall | undefined> {
  const [stored] = await rows<StoredCall>(tx, ...findCommand(tx.accountId, [place], tx.now));
  return stored;
}

/** Stores the answer of the call that claimed the key; `body` is the answer as JSON. */
export async function completeCall(tx: AccountTransaction, call: KeyedCall, body: string): Promise<void> {
  await rows(tx, ...writeCommand(tx.accountId, [doneMark(call, body, tx.now)]));
}

/** Forgets stored answers whose day is over, in every account. */
export async function forgetAnswers(tx: Transaction, now: Date): Promise<void> {
  await rows(tx, forgetExpired, [now.toISOString()]);
}
