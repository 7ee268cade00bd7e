import { newId } from '@tenantry/db/ids';
import { getPlan } from '@tenantry/db/plan/queries';
import { updateRow } from '@tenantry/db/row';
import { getSubscription } from '@tenantry/db/subscription/queries';
import { paidPeriod } from '@tenantry/domain/billing/period';
import { setPlanGrant } from '@tenantry/domain/credit/grants';
import { type PlanMonth, planMonth } from '@tenantry/domain/credit/schedule';
import { change } from '@tenantry/ledger/change';
import type { LedgerService } from '@tenantry/ledger/service';
import type { Context } from '../context.ts';

/**
 * Begins the period that a payment by bank transfer bought and sets the plan's credits of its first month: what is
 * left of the running plan grant ends, but for what the plan that ends lets roll over; other kinds stay. The months
 * after it begin by themselves. The account is locked.
 */
export async function activateSubscription(
  { tx }: Pick<Context, 'tx'>,
  { planId, externalPaymentId }: { planId: string; externalPaymentId: string },
): Promise<void> {
  const plan = await getPlan(tx, planId);
  const subscription = await getSubscription(tx);
  const ending = await getPlan(tx, subscription.planId);
  const period = paidPeriod(subscription, plan, tx.now);
  const { cycle, includedCredits } = plan;
  const rolloverMax = ending.rolloverCreditsMax;
  const schedule = { periodStart: period.start, periodEnd: period.end, cycle, includedCredits, rolloverMax };
  const month = planMonth(schedule, 0);
  if (month === undefined)
    throw new Error(`Account ${tx.accountId} bought a period that ends when it begins.`);
  // The ledger first: a month that is due by now belongs to the period that ends here.
  await change(tx, beginPeriod, month);
  await updateRow(tx, subscription, {
    planId: plan.id,
    status: 'active',
    paymentMethod: 'bank_transfer',
    externalPaymentId,
    periodStart: period.start,
    periodEnd: period.end,
  });
}

/** Sets the plan's credits of the first month of a period. */
const beginPeriod: LedgerService<PlanMonth, null> = {
  reads: () => ({ spentPlanGrants: true }),
  decide({ view, now }, month) {
    const books = setPlanGrant(view.books, { ...month, id: newId() }, now);
    return { books: { ...books, nextGrantAt: month.nextAt }, answer: null };
  },
};
