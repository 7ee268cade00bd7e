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
 * What stands between money and its confirmation by somebody: nothing, as it needs one member of staff or another one has
 * approved it; the first approval; their own; or an approval of other money.
 */
export const approvalStates = ['not_needed', 'missing', 'own', 'other_money', 'given'] as const;
export type ApprovalState = (typeof approvalStates)[number];

/** What is known of the approval of money: the first one, who asks, and the operator's limits. */
interface ApprovalFacts {
  approval: Approval | undefined;
  by: string;
  amounts: SecondApproverAmounts;
}

/** What stands between money and its confirmation by somebody. */
export function approvalState(money: Money, { approval, by, amounts }: ApprovalFacts): ApprovalState {
  if (!needsSecondApprover(money, amounts)) return 'not_needed';
  if (approval === undefined) return 'missing';
  if (approval.approvedBy === by) return 'own';
  return refusalIfMoneyDiffers(approval, money) === undefined ? 'given' : 'other_money';
}

/**
 * Refuses money that needs two members of staff: `payment_state` until another one has approved it, with the reason, and
 * money that is not what was approved, with both. Nobody approves twice.
 */
export function refusalIfNotApproved(
  money: Money,
  facts: ApprovalFacts,
): Refusal<'payment_state' | 'amount_mismatch' | 'currency_mismatch'> | undefined {
  const state = approvalState(money, facts);
  if (state === 'missing') return refuse('payment_state', { reason: 'approval_missing' });
  if (state === 'own') return refuse('payment_state', { reason: 'second_approver_missing' });
  return state === 'other_money' && facts.approval !== undefined
    ? refusalIfMoneyDiffers(facts.approval, money)
    : undefined;
}
