import { enqueueOutboxMessage } from '@tenantry/db/audit/queries';
import { getPlan } from '@tenantry/db/plan/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import { type PaidPeriod, monthStart } from '@tenantry/domain/billing/period';
import { isFree } from '@tenantry/domain/billing/plan';

/** A paid period that begins, and the one that ran before it; null where nothing was paid before. */
export interface BegunPeriod {
  period: PaidPeriod;
  before: Pick<PaidPeriod, 'planId'> | null;
}

/** Tells that a paid period has begun: the first one, the next of the same plan, or one of another plan. */
export async function tellBegin(tx: AccountTransaction, { period, before }: BegunPeriod): Promise<void> {
  const begun = await getPlan(tx, period.planId);
  const { slug: plan } = begun;
  // A plan that costs nothing goes on from month to month.
  const endsAt = isFree(begun) ? monthStart(period, 1) : period.endsAt;
  const data = { plan, periodStart: period.startsAt.toISOString(), periodEnd: endsAt.toISOString() };
  if (before === null) return enqueueOutboxMessage(tx, 'subscription.activated', data);
  const { slug: previousPlan } = await getPlan(tx, before.planId);
  if (previousPlan === plan) return enqueueOutboxMessage(tx, 'subscription.renewed', data);
  return enqueueOutboxMessage(tx, 'subscription.changed', { ...data, previousPlan });
}
