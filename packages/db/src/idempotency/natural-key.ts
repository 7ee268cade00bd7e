import { rows } from '../sql.ts';
import type { AccountTransaction } from '../transaction.ts';
import type { KeyPlace, StoredAnswer } from './call.ts';
import { findCommand, writeCommand } from './statements.ts';

/** A natural key is kept as long as its account: a bank may repeat a reference a year later. */
const forEver = new Date('9999-12-31T00:00:00Z');

/** The answer that a natural key was given first, with the fingerprint of its terms; undefined for a new key. */
export async function findAnswer(
  tx: AccountTransaction,
  place: KeyPlace,
): Promise<{ answer: StoredAnswer; fingerprint: string } | undefined> {
  const [stored] = await rows<{ fingerprint: string; body: string }>(
    tx,
    ...findCommand(tx.accountId, [place], tx.now),
  );
  return stored && { answer: { replay: stored.body, sites: null }, fingerprint: stored.fingerprint };
}

/** Stores the answer to a natural key, such as a bank's reference, in the transaction of the change. */
export async function rememberAnswer(
  tx: AccountTransaction,
  call: KeyPlace & { fingerprint: string },
  answer: unknown,
): Promise<void> {
  const mark = {
    ...call,
    requestId: tx.requestId,
    state: 'done',
    body: JSON.stringify(answer),
    sites: null,
    createdAt: tx.now,
    expiresAt: forEver,
  } as const;
  await rows(tx, ...writeCommand(tx.accountId, [mark]));
}
