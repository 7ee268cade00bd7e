import type { UpdateCreditAlertsInput } from '@tenantry/contract/credit-balance';
import { change } from '@tenantry/ledger/change';
import { findThresholds } from '@tenantry/ledger/read/limits';
import type { LedgerService } from '@tenantry/ledger/service';
import type { Context } from '../context.ts';

/** When the account is told that its credits run low. */
export async function getAlerts({ tx }: Context) {
  return { lowBalanceThresholds: await findThresholds(tx) };
}

/** Sets when the account is told; once each time that what is available falls below a threshold. */
export function updateAlerts({ tx }: Context, alerts: UpdateCreditAlertsInput) {
  return change(tx, setAlerts, alerts);
}

const setAlerts: LedgerService<UpdateCreditAlertsInput, UpdateCreditAlertsInput> = {
  reads: () => ({}),
  decide({ view: { books } }, alerts) {
    const distinct = new Set(alerts.lowBalanceThresholds);
    const lowBalanceThresholds = [...distinct].toSorted((left, right) => right - left);
    return { books, lowBalanceThresholds, answer: { lowBalanceThresholds } };
  },
};
