import { cardProviders } from '@tenantry/domain/payment/methods';
import { z } from 'zod';
import { named } from './named.ts';

export const createCheckoutInput = z
  .strictObject({ provider: z.enum(cardProviders).describe('Where to pay.') })
  .meta({ examples: [{ provider: 'stripe' }] });
export type CreateCheckoutInput = z.output<typeof createCheckoutInput>;

/** A payment that was begun at a provider of card payments. */
export const checkout = named(
  'Checkout',
  'A payment that was begun at a provider.',
  z.object({ redirectUrl: z.url().describe('The page of the provider to send the payer to.') }),
  { redirectUrl: 'https://checkout.example/c/1' },
);
