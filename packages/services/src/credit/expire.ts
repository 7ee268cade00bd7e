import { type Failpoint, noFailpoint } from '@tenantry/db/failpoint';
import { getAccount } from '@tenantry/db/account/queries';
import { isOutOfReach } from '@tenantry/db/constraints';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { timeAhead } from '@tenantry/domain/time';
import { bringUpToDate } from '@tenantry/ledger/change';
import { accountsBehind, firstAccountId } from '@tenantry/ledger/read/behind';
import type { DirectoryContext } from '../context.ts';

/** What one run may write at most; what is left waits for the next. */
const transactionsMax = 20_000;

/**
 * Writes, account by account, what has become due of holds, grants and months, and answers in how many transactions. It
 * never waits for an account: whoever holds its lock writes the same. So several may run at once and share the work.
 * An account that fails holds up no other; its fault is thrown at the end. A database out of reach ends the run at once.
 * Housekeeping: nothing depends on it.
 */
export async function expireCredits(
  { database, ...call }: Omit<DirectoryContext, 'address'>,
  pass: Failpoint = noFailpoint,
): Promise<number> {
  let written = 0;
  const faults: unknown[] = [];
  /** One transaction takes a bounded number of holds, so an account may need several. */
  const expire = async (accountId: string): Promise<void> => {
    while (written < transactionsMax) {
      const isWritten = await database.inAccount.write({ accountId }, call, async (tx) =>
        expireOne({ ...tx, now: timeAhead(call.now, (await getAccount(tx)).aheadMilliseconds) }, pass),
      );
      if (!isWritten) return;
      written += 1;
      await pass('expiry_committed');
    }
  };
  for (let after: string | undefined = firstAccountId; after !== undefined && written < transactionsMax; ) {
    const from: string = after;
    const accounts = await database.withoutAccount.read({}, (tx) => accountsBehind(tx, call.now, from));
    for (const accountId of accounts)
      await expire(accountId).catch((fault: unknown) => {
        if (isOutOfReach(fault)) throw fault;
        faults.push(fault);
      });
    after = accounts.at(-1);
  }
  if (faults.length > 0) throw faults[0];
  return written;
}

async function expireOne(tx: AccountTransaction, pass: Failpoint): Promise<boolean> {
  const isWritten = await bringUpToDate(tx);
  if (isWritten) await pass('expiry_written');
  return isWritten;
}
