import { enqueueOutboxMessage } from '@tenantry/db/audit/queries';
import { getPlan } from '@tenantry/db/plan/queries';
import type { AccountTransaction } from '@tenantry/db/transaction';
import type { PaidPeriod } from '@tenantry/domain/billing/period';

/** A paid period that begins, and the one that ran before it; null where nothing was paid before. */
export interface BegunPeriod {
  period: Pick<PaidPeriod, 'planId' | 'startsAt' | 'endsAt'>;
  before: Pick<PaidPeriod, 'planId'> | null;
}

/** Tells that a paid period has begun: the first one, the next of the same plan, or one of another plan. */
export async function tellBegin(tx: AccountTransaction, { period, before }: BegunPeriod): Promise<void> {
  const { slug: plan } = await getPlan(tx, period.planId);
  const data = { plan, periodStart: period.startsAt.toISOString(), periodEnd: period.endsAt.toISOString() };
  if (before === null) return enqueueOutboxMessage(tx, 'subscription.activated', data);
  const { slug: previousPlan } = await getPlan(tx, before.planId);
  if (previousPlan === plan) return enqueueOutboxMessage(tx, 'subscription.renewed', data);
  return enqueueOutboxMessage(tx, 'subscription.changed', { ...data, previousPlan });
}
