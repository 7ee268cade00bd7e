import { refuse } from '@tenantry/domain/refusals';
import { claimSeconds } from '@tenantry/domain/timeouts';
import { rows } from '../sql.ts';
import type { Transaction } from '../transaction.ts';
import {
  type KeyPlace,
  type KeyedCall,
  type StoredCall,
  type Verdict,
  doneMark,
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
  const { procedure, key, fingerprint, createdAt, expiresAt } = runningMark(call, now, seconds);
  const until = expiresAt.toISOString();
  const values = [idOf(owner), procedure, key, fingerprint, createdAt.toISOString(), until];
  if ((await rows(tx, statementsOf(owner).claim, values)).length === 1) return undefined;
  const stored = await findCall(tx, owner, call, now);
  // The call that held the key has freed it since; the client's next attempt gets it.
  return stored === undefined ? refuse('idempotency_in_flight') : verdictOf(stored, fingerprint);
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

/** Stores the answer of the call that claimed the key; `body` is the answer as JSON. */
export async function completeCall(
  tx: Transaction,
  owner: KeyOwner,
  { call, body, now }: { call: KeyedCall; body: string; now: Date },
): Promise<void> {
  await rows(tx, ...writeCommand(idOf(owner), [doneMark(call, body, now)], statementsOf(owner)));
}

/** Frees the key of a call that failed. */
export async function abandonCall(tx: Transaction, owner: KeyOwner, place: KeyPlace): Promise<void> {
  await rows(tx, ...forgetCommand(idOf(owner), [place], statementsOf(owner)));
}

/** Forgets stored answers whose time is over, of every owner. */
export async function forgetAnswers(tx: Transaction, now: Date): Promise<void> {
  for (const { forgetExpired } of [accountCalls, personCalls])
    await rows(tx, forgetExpired, [now.toISOString()]);
}
