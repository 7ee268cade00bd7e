import { claimSeconds } from '@tenantry/domain/timeouts';
import { rows } from '../sql.ts';
import type { Transaction } from '../transaction.ts';
import {
  type KeyPlace,
  type KeyedCall,
  type SitedAnswer,
  type StoredCall,
  type Verdict,
  doneMark,
  keyInUse,
  runningMark,
  verdictOf,
} from './call.ts';
import { accountCalls, findCommand, forgetCommand, personCalls, writeCommand } from './statements.ts';

/** Whose Idempotency-Keys are meant: those of an account, or of a user or staff who act without one. */
export type KeyOwner = { accountId: string } | { personId: string };

const idOf = (owner: KeyOwner) => ('accountId' in owner ? owner.accountId : owner.personId);
const statementsOf = (owner: KeyOwner) => ('accountId' in owner ? accountCalls : personCalls);

/**
 * Claims a key for a call; undefined when the call may go on. Otherwise answers what the earlier call with the key
 * means. Waits for a transaction that holds the key, up to the role's bound on locks.
 */
export async function claimKey(
  tx: Transaction,
  owner: KeyOwner,
  call: KeyedCall,
  now: Date,
): Promise<Verdict | undefined> {
  const seconds = 'accountId' in owner ? claimSeconds.call : claimSeconds.person;
  const ends = new Date(now.getTime() + seconds * 1000);
  const { procedure, key, fingerprint, requestId, createdAt, expiresAt } = runningMark(call, now, ends);
  const [from, until] = [createdAt.toISOString(), expiresAt.toISOString()];
  const values = [idOf(owner), procedure, key, fingerprint, from, until, requestId];
  if ((await rows(tx, statementsOf(owner).claim, values)).length === 1) return undefined;
  const stored = await findCall(tx, owner, call, now);
  // The call that held the key has freed it since; the client's next attempt gets it.
  return stored === undefined ? keyInUse() : verdictOf(stored, fingerprint);
}

/** What is stored at a place, unless its time is over. */
export async function findCall(
  tx: Transaction,
  owner: KeyOwner,
  place: KeyPlace,
  now: Date,
): Promise<StoredCall | undefined> {
  const command = findCommand(idOf(owner), [place], now, statementsOf(owner));
  return (await rows<StoredCall>(tx, ...command))[0];
}

/** Stores the answer of the call that claimed the key. */
export async function completeCall(
  tx: Transaction,
  owner: KeyOwner,
  { call, answer, now }: { call: KeyedCall; answer: SitedAnswer; now: Date },
): Promise<void> {
  await rows(tx, ...writeCommand(idOf(owner), [doneMark(call, answer, now)], statementsOf(owner)));
}

/** Frees the key of a call that failed. */
export async function abandonCall(tx: Transaction, owner: KeyOwner, call: KeyedCall): Promise<void> {
  await rows(tx, ...forgetCommand(idOf(owner), [call], statementsOf(owner)));
}

/** Forgets stored answers whose time is over, of every owner. */
export async function forgetAnswers(tx: Transaction, now: Date): Promise<void> {
  for (const { forgetExpired } of [accountCalls, personCalls])
    await rows(tx, forgetExpired, [now.toISOString()]);
}
