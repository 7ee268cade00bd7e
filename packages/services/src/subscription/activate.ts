import { loadBooks, writeBooks } from '@tenantry/db/credit/books';
import { newId } from '@tenantry/db/ids';
import { getPlan } from '@tenantry/db/plan/queries';
import { getSubscription } from '@tenantry/db/subscription/queries';
import type { Records } from '@tenantry/db/transact';
import { paidPeriod } from '@tenantry/domain/billing/period';
import { catchUp, setPlanGrant } from '@tenantry/domain/credit/ledger';
import { expiredHold } from '../credit/hold.ts';

/**
 * Begins the period that a payment by bank transfer bought and sets the plan's credits: what is left of the
 * running plan grant ends, other kinds stay. The account is locked.
 */
export async function activateSubscription(
  records: Records,
  planId: string,
  externalPaymentId: string,
): Promise<void> {
  const { now } = records;
  const plan = await getPlan(records.em, planId);
  const subscription = await getSubscription(records);
  const period = paidPeriod(subscription, plan, now);
  subscription.planId = plan.id;
  subscription.status = 'active';
  subscription.paymentMethod = 'bank_transfer';
  subscription.externalPaymentId = externalPaymentId;
  subscription.periodStart = period.start;
  subscription.periodEnd = period.end;
  await records.em.flush();
  const before = await loadBooks(records, 'lock');
  const id = newId();
  const next = { id, amount: plan.includedCredits, expiresAt: period.creditsUntil };
  const after = setPlanGrant(catchUp(before, before.overdue, now), next, now);
  const references = new Map([[id, `period:${period.start.toISOString()}`]]);
  const resolved = before.overdue.map((hold) => expiredHold(hold.id));
  await writeBooks(records, { before, after, resolved, references });
}
