import { loadBooks, withGrants, writeBooks } from '@tenantry/db/credit/books';
import { findSpentPlanGrants } from '@tenantry/db/credit/queries';
import { newId } from '@tenantry/db/ids';
import { getPlan } from '@tenantry/db/plan/queries';
import { getSubscription } from '@tenantry/db/subscription/queries';
import { updateRow } from '@tenantry/db/row';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { paidPeriod } from '@tenantry/domain/billing/period';
import { catchUp } from '@tenantry/domain/credit/catch-up';
import { setPlanGrant } from '@tenantry/domain/credit/grants';
import { planMonth } from '@tenantry/domain/credit/schedule';
import { expiredHold } from '../credit/hold.ts';

/**
 * Begins the period that a payment by bank transfer bought and sets the plan's credits of its first month: what is
 * left of the running plan grant ends, but for what the plan that ends lets roll over; other kinds stay. The months
 * after it begin by themselves. The account is locked.
 */
export async function activateSubscription(
  tx: AccountTransaction,
  planId: string,
  externalPaymentId: string,
): Promise<void> {
  const { now } = tx;
  // The books come first: what is due belongs to the period that ends here.
  const before = withGrants(await loadBooks(tx, 'lock'), await findSpentPlanGrants(tx));
  const books = catchUp(before, now);
  const plan = await getPlan(tx, planId);
  const subscription = await getSubscription(tx);
  const ending = await getPlan(tx, subscription.planId);
  const period = paidPeriod(subscription, plan, now);
  await updateRow(tx, subscription, {
    planId: plan.id,
    status: 'active',
    paymentMethod: 'bank_transfer',
    externalPaymentId,
    periodStart: period.start,
    periodEnd: period.end,
  });
  const { cycle, includedCredits } = plan;
  const rolloverMax = ending.rolloverCreditsMax;
  const schedule = { periodStart: period.start, periodEnd: period.end, cycle, includedCredits, rolloverMax };
  const month = planMonth(schedule, 0);
  if (month === undefined) throw new Error('a period that ends as it begins');
  const after = { ...setPlanGrant(books, { ...month, id: newId() }, now), nextGrantAt: month.nextAt };
  const resolved = before.overdue.map((hold) => expiredHold(hold.id));
  await writeBooks(tx, { before, after, resolved });
}
