import { getAccount } from '@tenantry/db/account/queries';
import { getPlan } from '@tenantry/db/plan/queries';
import { getSubscription as findSubscription } from '@tenantry/db/subscription/queries';
import { computedStatus, standing } from '@tenantry/domain/standing';
import type { Context } from '../context.ts';
import { planView } from '../plan/view.ts';

/** The account's subscription, with its status and standing at the time of the call. */
export async function getSubscription({ tx, now }: Pick<Context, 'tx' | 'now'>) {
  const [account, row] = [await getAccount(tx), await findSubscription(tx)];
  const plan = await getPlan(tx, row.planId);
  return {
    id: row.id,
    plan: planView(plan),
    status: computedStatus(row, plan.graceDays, now),
    standing: standing(account, row, plan, now),
    paymentMethod: row.paymentMethod,
    externalPaymentId: row.externalPaymentId ?? null,
    stripeSubscriptionId: row.stripeSubscriptionId ?? null,
    periodStart: row.periodStart,
    periodEnd: row.periodEnd,
  };
}
