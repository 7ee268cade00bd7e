import { getAccount } from '@tenantry/db/account/queries';
import { getPlan } from '@tenantry/db/plan/queries';
import { getSubscription as findSubscription } from '@tenantry/db/subscription/queries';
import { computedStatus, standing } from '@tenantry/domain/standing';
import type { Context } from '../context.ts';
import { planView } from '../plan/view.ts';

/** The account's subscription, with its status, standing and periods at the time of the call. */
export async function getSubscription({ tx, now }: Pick<Context, 'tx' | 'now'>) {
  const [account, subscription] = [await getAccount(tx), await findSubscription(tx)];
  const { planId, running: _running, following, ...facts } = subscription;
  const plan = await getPlan(tx, planId);
  const isPaid = facts.status !== 'trialing' && facts.status !== 'pending_payment';
  const [next] = following;
  return {
    ...facts,
    plan: planView(plan),
    status: computedStatus(subscription, plan.graceDays, now),
    standing: standing(account, subscription, plan, now),
    paidThrough: isPaid ? facts.paidThrough : null,
    next:
      next === undefined
        ? null
        : {
            planSlug: (await getPlan(tx, next.planId)).slug,
            periodStart: next.startsAt,
            periodEnd: next.endsAt,
          },
  };
}
