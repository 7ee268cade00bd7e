import { methodNotes } from '@tenantry/domain/payment/methods';
import { z } from 'zod';
import { credits, currency, paymentMethod, signedMinorUnits } from './fields.ts';
import { named } from './named.ts';

/** The ways to pay. */
export const paymentMethodList = named(
  'PaymentMethodList',
  'The ways to pay, each with whether it is offered now.',
  z.object({
    methods: z
      .array(
        z.object({
          method: paymentMethod.describe('The way to pay.'),
          available: z.boolean().describe('Whether it is offered now.'),
          note: z
            .enum(methodNotes)
            .nullable()
            .describe(
              'Why it is not offered: coming soon, or switched off by the operator; null where it is.',
            ),
        }),
      )
      .describe('Every way to pay.'),
  }),
  {
    methods: [
      { method: 'stripe', available: false, note: 'coming_soon' },
      { method: 'paypal', available: false, note: 'coming_soon' },
      { method: 'bank_transfer', available: true, note: null },
    ],
  },
);

/** What an account has paid beyond its invoices. */
export const moneyBalanceView = named(
  'MoneyBalance',
  'What the account has paid beyond its invoices, and the credits that it spent and nobody paid.',
  z.object({
    balances: z
      .array(
        z.object({
          currency: currency.describe('The ISO 4217 code of the currency.'),
          amount: signedMinorUnits.describe(
            'In minor units; below zero where money was taken back that had paid something else.',
          ),
        }),
      )
      .describe('One for each currency that was ever paid in.'),
    owedCredits: credits.describe('Credits of payments that were taken back which had been spent.'),
  }),
  { balances: [{ currency: 'USD', amount: 1100 }], owedCredits: 0 },
);
