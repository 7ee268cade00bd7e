import { listPlans as findPlans } from '@tenantry/db/plan/queries';
import type { Plan } from '@tenantry/domain/plans';
import type { Flow } from '../ports.ts';

/** A plan as anybody sees it. */
export function planView({
  slug,
  version,
  name,
  priceAmount,
  currency,
  cycle,
  includedCredits,
  rolloverCreditsMax,
  purchaseDays,
  limits,
  trialDays,
  graceDays,
  features,
}: Plan) {
  const price = { amount: priceAmount, currency };
  return {
    slug,
    version,
    name,
    price,
    cycle,
    includedCredits,
    rolloverCreditsMax,
    purchaseDays,
    limits,
    trialDays,
    graceDays,
    features: [...features],
  };
}

/** The plans on offer, cheapest first. */
export async function listPlans({ database }: Flow) {
  const plans = await database.withoutAccount.read({}, findPlans);
  return { items: plans.map(planView), nextCursor: null };
}
