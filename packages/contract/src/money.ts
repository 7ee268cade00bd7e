import { z } from 'zod';
import { credits, currency } from './fields.ts';
import { named } from './named.ts';

/** Money in an output. */
export const money = named(
  'Money',
  'An amount of money.',
  z.object({
    amount: credits.describe('The amount in minor units of the currency, such as cents.'),
    currency: currency.describe('The ISO 4217 code of the currency.'),
  }),
  { amount: 8900, currency: 'USD' },
);
