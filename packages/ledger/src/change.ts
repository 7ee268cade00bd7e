import type { AccountTransaction } from '@tenantry/db/transaction';
import type { Refusal, RefusalCode } from '@tenantry/domain/refusals';
import { bind, spendingKeysOf } from './bind.ts';
import { onBooksOf } from './books-error.ts';
import { decideAll } from './decide.ts';
import { load, tryLoad } from './load.ts';
import { type LedgerPort, inTransaction } from './port.ts';
import type { LedgerService } from './service.ts';
import { lockBalance } from './statements.ts';
import { type Change, commandsOf } from './write.ts';

/**
 * Changes an account's credits inside its open transaction: locks the balance until the transaction ends, reads, brings
 * the books up to `tx.now`, decides, and writes all of it. Answers what the service answers; a refusal writes nothing.
 * Throws an error that names the account when the books are in a state that the rules exclude. Lock order: account,
 * balance, grants, holds.
 */
export function change<Input, Output>(
  tx: AccountTransaction,
  service: LedgerService<Input, Output>,
  input: Input,
): Promise<Output>;
export function change<Input, Output, Code extends RefusalCode>(
  tx: AccountTransaction,
  service: LedgerService<Input, Output, Code>,
  input: Input,
): Promise<Output | Refusal<Code>>;
export async function change<Input, Output, Code extends RefusalCode>(
  tx: AccountTransaction,
  service: LedgerService<Input, Output, Code>,
  input: Input,
): Promise<Output | Refusal<Code>> {
  const { accountId, now } = tx;
  const { promise, resolve } = Promise.withResolvers<Output | Refusal<Code>>();
  const request = bind({ service, input, callInfo: tx }, { answer: resolve, replay: refuseReplay });
  const port = inTransaction(tx);
  const spendingKeyIds = spendingKeysOf([request]);
  const loaded = await load(port, { accountId, now, reads: [request.reads], spendingKeyIds });
  const outcome = decideAll(accountId, [request], loaded, { now });
  for (const { change: decided, deliver } of outcome.decided) {
    if (decided !== undefined) await write(port, outcome.change);
    deliver();
  }
  return promise;
}

/**
 * Writes what has become due by `tx.now` of grants, holds and months, of at most 1,000 holds a call, and answers
 * whether there was anything. Answers false at once while another transaction holds the lock: that one writes the same.
 */
export async function bringUpToDate(tx: AccountTransaction): Promise<boolean> {
  const { accountId, now } = tx;
  const port = inTransaction(tx);
  const loaded = await tryLoad(port, { accountId, now, reads: [], spendingKeyIds: [] });
  if (loaded === undefined) return false;
  const outcome = decideAll(accountId, [], loaded, { now });
  if (outcome.change.after.postings.length === 0 && loaded.books.due.length === 0) return false;
  await write(port, outcome.change);
  return true;
}

/**
 * Makes changes of the account's credits wait until this transaction ends, so that none is decided on what it changes
 * and written after it. Lock order: account, balance.
 */
export async function lockBooks(tx: AccountTransaction): Promise<void> {
  await inTransaction(tx).send(lockBalance, [tx.accountId]);
}

async function write(port: LedgerPort, changed: Change): Promise<void> {
  for (const command of onBooksOf(changed.accountId, () => commandsOf(changed))) await port.send(...command);
}

function refuseReplay(): never {
  throw new Error('a change in a transaction has no Idempotency-Key of its own');
}
