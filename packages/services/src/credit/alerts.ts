import { findThresholds, setThresholds } from '@tenantry/db/credit/limits';
import type { AccountTransaction } from '@tenantry/db/transaction';

/** Below which balances a `credit.low_balance` message goes out. */
export interface Alerts {
  lowBalanceThresholds: number[];
}

/** When the account is told that its credits run low. */
export async function getAlerts(tx: AccountTransaction): Promise<Alerts> {
  return { lowBalanceThresholds: await findThresholds(tx) };
}

/** Sets when the account is told; once each time that what is available falls below a threshold. */
export async function updateAlerts(
  tx: AccountTransaction,
  { lowBalanceThresholds }: Alerts,
): Promise<Alerts> {
  const thresholds = [...new Set(lowBalanceThresholds)].toSorted((left, right) => right - left);
  return { lowBalanceThresholds: await setThresholds(tx, thresholds) };
}
