import { change } from '@tenantry/ledger/change';
import { findThresholds } from '@tenantry/ledger/read/limits';
import type { LedgerService } from '@tenantry/ledger/service';
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
export function updateAlerts(tx: AccountTransaction, alerts: Alerts): Promise<Alerts> {
  return change(tx, setAlerts, alerts);
}

const setAlerts: LedgerService<Alerts, Alerts> = {
  reads: () => ({}),
  decide({ view: { books } }, alerts) {
    const distinct = new Set(alerts.lowBalanceThresholds);
    const lowBalanceThresholds = [...distinct].toSorted((left, right) => right - left);
    return { books, lowBalanceThresholds, answer: { lowBalanceThresholds } };
  },
};
