import { tryBooks, writeBooks } from '@tenantry/db/credit/books';
import { type Failpoint, noFailpoint } from '@tenantry/db/failpoint';
import { accountsBehindTime, firstAccountId } from '@tenantry/db/jobs';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { catchUp } from '@tenantry/domain/credit/catch-up';
import type { Flow } from '../ports.ts';
import { expiredHold } from './hold.ts';

/** What one run may write at most; what is left waits for the next. */
const transactionsMax = 20_000;

/**
 * Writes down, account by account, what time has done to holds and grants, and answers in how many transactions. It
 * never waits for an account: whoever is at its books writes the same. So several may run at once and share the work.
 * An account that fails holds up no other; its fault is thrown at the end. Housekeeping: nothing depends on it.
 */
export async function expireCredits(
  { database, callInfo }: Flow,
  pass: Failpoint = noFailpoint,
): Promise<number> {
  let written = 0;
  const faults: unknown[] = [];
  /** One transaction takes a bounded number of holds, so an account may need several. */
  const expire = async (accountId: string): Promise<void> => {
    while (written < transactionsMax) {
      const isWritten = await database.inAccount.write({ accountId }, callInfo, (tx) => expireOne(tx, pass));
      if (!isWritten) return;
      written += 1;
      await pass('expiry_committed');
    }
  };
  for (let after: string | undefined = firstAccountId; after !== undefined && written < transactionsMax; ) {
    const from: string = after;
    const accounts = await database.withoutAccount.read({}, (tx) =>
      accountsBehindTime(tx, callInfo.now, from),
    );
    for (const accountId of accounts) await expire(accountId).catch((fault: unknown) => faults.push(fault));
    after = accounts.at(-1);
  }
  if (faults.length > 0) throw faults[0];
  return written;
}

/** Whether there was anything to write, and nobody else at the books. */
async function expireOne(tx: AccountTransaction, pass: Failpoint): Promise<boolean> {
  const before = await tryBooks(tx);
  if (before === undefined) return false;
  const after = catchUp(before, tx.now);
  if (after.postings.length === 0 && before.due.length === 0) return false;
  const resolved = before.overdue.map((hold) => expiredHold(hold.id));
  await writeBooks(tx, { before, after, resolved });
  await pass('expiry_written');
  return true;
}
