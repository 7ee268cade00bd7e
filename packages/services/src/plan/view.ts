import type { Plan } from '@tenantry/domain/plans';

/** A plan as everybody sees it. */
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
  ownLimits,
  trialDays,
  graceDays,
  features,
  throttleRates,
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
    ownLimits,
    trialDays,
    graceDays,
    features: [...features],
    throttleRates,
  };
}
