import {
  changedDays,
  foldCredits,
  lockMeasurements,
  setMeasuredAt,
  sumRevenue,
  watchLowCredit,
} from '@tenantry/db/overview/measure';
import type { Transaction } from '@tenantry/db/transaction';
import type { DirectoryContext } from '../context.ts';

/** How many transactions one run has at most; what is left waits for the next. */
const foldsMax = 500;

/**
 * Counts for the overview of staff what all accounts did, as the worker, which sees every account. No figure is counted
 * twice, however often and by how many processes it is run.
 */
export async function measureOverview({
  database,
  now,
}: Pick<DirectoryContext, 'database' | 'now'>): Promise<void> {
  const alone = <T>(work: (tx: Transaction) => Promise<T>) =>
    database.withoutAccount.write({}, async (tx) => {
      await lockMeasurements(tx);
      return work(tx);
    });
  for (let folds = 0, left = 1; left > 0 && folds < foldsMax; folds += 1) {
    left = await alone(async (tx) => {
      const accounts = await foldCredits(tx);
      if (accounts === 0) await setMeasuredAt(tx, 'credits', now);
      return accounts;
    });
  }
  const days = await database.withoutAccount.read({}, changedDays);
  for (const day of days) await alone((tx) => sumRevenue(tx, day));
  await alone((tx) => setMeasuredAt(tx, 'revenue', now));
  await alone(async (tx) => {
    await watchLowCredit(tx, now);
    await setMeasuredAt(tx, 'low_credit', now);
  });
}
