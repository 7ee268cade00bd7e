import { lockClock } from '@tenantry/db/account/queries';
import { isOutOfReach } from '@tenantry/db/constraints';
import { type Failpoint, noFailpoint } from '@tenantry/db/failpoint';
import { accountsDue } from '@tenantry/db/subscription/life';
import { timeAhead } from '@tenantry/domain/time';
import { firstAccountId } from '@tenantry/ledger/read/behind';
import type { DirectoryContext } from '../context.ts';
import type { BillingSettings } from '../ports.ts';
import { runSteps } from './steps.ts';

/** How many accounts one run serves at most; what is left waits for the next. */
const accountsMax = 5000;

/**
 * Does what time has made due in the life of subscriptions, account by account, and answers for how many. Each account has
 * a transaction of its own at the time of its own clock. An account that fails holds up no other; its fault is thrown at
 * the end. Nothing waits for it: standing and credits follow from the facts and the time.
 */
export async function liveSubscriptions(
  { database, settings, ...call }: Omit<DirectoryContext, 'address'> & { settings: BillingSettings },
  pass: Failpoint = noFailpoint,
): Promise<number> {
  let served = 0;
  const faults: unknown[] = [];
  const live = (accountId: string) =>
    database.inAccount.write({ accountId }, call, async (tx) => {
      await runSteps({ ...tx, now: timeAhead(call.now, await lockClock(tx)) }, settings, pass);
      await pass('steps_written');
    });
  for (let after: string | undefined = firstAccountId; after !== undefined && served < accountsMax; ) {
    const from: string = after;
    const accounts = await database.withoutAccount.read({}, (tx) => accountsDue(tx, call.now, from));
    for (const accountId of accounts) {
      await live(accountId).catch((fault: unknown) => {
        if (isOutOfReach(fault)) throw fault;
        faults.push(fault);
      });
      await pass('steps_committed');
    }
    served += accounts.length;
    after = accounts.at(-1);
  }
  if (faults.length > 0) throw faults[0];
  return served;
}
