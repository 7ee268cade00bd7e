import { z } from 'zod';
import { count, credits, paymentMethod, slug } from './fields.ts';
import { invoice } from './invoice.ts';
import { money } from './money.ts';
import { exampleOf, named } from './named.ts';

/** A package of credits as anybody sees it. */
export const creditPackage = named(
  'CreditPackage',
  'Credits that are sold in one piece.',
  z.object({
    slug: z.string().describe('The name that calls use.'),
    version: count.describe('The version; an invoice keeps the one that it sells.'),
    name: z.string().describe('The name that people read.'),
    credits: credits.describe('The credits that it brings.'),
    price: money.describe('What it costs.'),
    validDays: count
      .nullable()
      .describe('For how many days its credits are valid; null for as many as the plan of the account says.'),
  }),
  {
    slug: 'small',
    version: 1,
    name: '5000 credits',
    credits: 5000,
    price: { amount: 3500, currency: 'USD' },
    validDays: 365,
  },
);

export const buyPackageInput = z
  .strictObject({
    packageSlug: slug(50).describe('The package to buy.'),
    paymentMethod: paymentMethod.describe('How it is to be paid.'),
  })
  .meta({ examples: [{ packageSlug: 'small', paymentMethod: 'bank_transfer' }] });
export type BuyPackageInput = z.output<typeof buyPackageInput>;

/** A purchase that waits for its payment. */
export const creditPurchase = named(
  'CreditPurchase',
  'A package of credits that is granted when its invoice is paid.',
  z.object({ invoice: invoice.describe('The invoice to pay.') }),
  { invoice: { ...exampleOf(invoice), kind: 'package', planSlug: null, packageSlug: 'small' } },
);
