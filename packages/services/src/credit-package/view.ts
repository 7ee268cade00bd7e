import type { CreditPackage } from '@tenantry/db/catalogue/entity';

/** A package of credits as a client sees it. */
export function packageView({
  slug,
  packageVersion,
  name,
  credits,
  priceAmount,
  currency,
  validDays = null,
}: CreditPackage) {
  const price = { amount: priceAmount, currency };
  return { slug, version: packageVersion, name, credits, price, validDays };
}
