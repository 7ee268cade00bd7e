import type { Money } from '../money.ts';
import { type Refusal, refuse } from '../refusals.ts';
import { refusalIfMoneyDiffers } from './confirm.ts';

/** Above which amount of a currency, in minor units, two members of staff confirm money; empty where one always does. */
export type SecondApproverAmounts = Readonly<Record<string, number>>;

/** Whether two members of staff confirm this money. Where amounts are set, a currency without one always needs two. */
export function needsSecondApprover({ amount, currency }: Money, amounts: SecondApproverAmounts): boolean {
  if (Object.keys(amounts).length === 0) return false;
  const most = amounts[currency];
  return most === undefined || amount > most;
}

/** The first approval of money, by whom. */
export interface Approval extends Money {
  approvedBy: string;
}

/**
 * Refuses money that needs two members of staff: `payment_state` until another one has approved it, with the reason, and
 * money that is not what was approved, with both. Nobody approves twice.
 */
export function refusalIfNotApproved(
  money: Money,
  { approval, by, amounts }: { approval: Approval | undefined; by: string; amounts: SecondApproverAmounts },
): Refusal<'payment_state' | 'amount_mismatch' | 'currency_mismatch'> | undefined {
  if (!needsSecondApprover(money, amounts)) return undefined;
  if (approval === undefined) return refuse('payment_state', { reason: 'approval_missing' });
  if (approval.approvedBy === by) return refuse('payment_state', { reason: 'second_approver_missing' });
  return refusalIfMoneyDiffers(approval, money);
}
