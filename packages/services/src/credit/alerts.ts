import type { UpdateCreditAlertsInput } from '@tenantry/contract/credit-balance';
import { setThresholds } from '@tenantry/domain/credit/alerts';
import { change } from '@tenantry/ledger/change';
import { findThresholds } from '@tenantry/ledger/read/limits';
import type { LedgerService } from '@tenantry/ledger/service';
import type { Context } from '../context.ts';

/** When the account is told that its credits run low. */
export async function getAlerts({ tx }: Context) {
  return { lowBalanceThresholds: await findThresholds(tx) };
}

/**
 * Sets below which available credits the account is told: once, and again after a top-up, or after the credits were above
 * the threshold by more than a tenth for ten minutes. A threshold that stays keeps what was told of it.
 */
export function updateAlerts({ tx }: Context, alerts: UpdateCreditAlertsInput) {
  return change(tx, setAlerts, alerts);
}

const setAlerts: LedgerService<UpdateCreditAlertsInput, UpdateCreditAlertsInput> = {
  reads: () => ({}),
  decide({ view: { books } }, alerts) {
    const set = setThresholds([], alerts.lowBalanceThresholds);
    const lowBalanceThresholds = set.map(({ threshold }) => threshold);
    return { books, lowBalanceThresholds, answer: { lowBalanceThresholds } };
  },
};
