import { getAccount } from '@tenantry/db/account/queries';
import { listOwnNames } from '@tenantry/db/catalogue/queries';
import { getPlan } from '@tenantry/db/plan/queries';
import { getSubscription } from '@tenantry/db/subscription/queries';
import { features as builtIn, limitsOf } from '@tenantry/domain/plans';
import { standing } from '@tenantry/domain/standing';
import type { Context } from '../context.ts';
import { getCredits } from '../credit/get.ts';
import { countUsed } from './used.ts';

/**
 * What the account may do now by its plan: standing, features, limits with what is used of them, rates and credits. What
 * is used of a limit is null where nobody counts it here, and for an actor of named sites, who may not know the rest.
 */
export async function getEntitlements({ tx, now, sites }: Context) {
  const [account, subscription] = [await getAccount(tx), await getSubscription(tx)];
  const plan = await getPlan(tx, subscription.planId);
  const declared = await listOwnNames(tx);
  const used = sites === undefined ? await countUsed(tx) : new Map<string, number>();
  const limits = [...limitsOf(plan, declared.limits)].map(
    ([name, max]) => [name, { max, used: used.get(name) ?? null }] as const,
  );
  const features = [...new Set([...builtIn, ...declared.features, ...plan.features])];
  const { slug, version, name, throttleRates } = plan;
  return {
    plan: { slug, version, name },
    standing: standing(account, subscription, plan, now),
    features: Object.fromEntries(features.map((one) => [one, plan.features.includes(one)])),
    limits: Object.fromEntries(limits),
    throttle: throttleRates,
    credits: { available: (await getCredits({ tx })).available },
    overLimits: limits
      .filter(([, { max, used: count }]) => count !== null && count > max)
      .map(([one]) => one),
  };
}
