import { z } from 'zod';
import { amount, credits, moment } from './fields.ts';
import { named } from './named.ts';

/** The books of an account. */
export const creditBalance = named(
  'CreditBalance',
  'The credits of an account. Available, held, spent and expired add up to granted.',
  z.object({
    granted: credits.describe('All credits that were granted.'),
    available: credits.describe('The credits that can be held or spent now.'),
    held: credits.describe('The credits that open holds reserve.'),
    spent: credits.describe('The credits that were charged.'),
    expired: credits.describe('The credits that ended unspent.'),
    byKind: z
      .object({
        plan: credits.describe('Available credits of the plan.'),
        promo: credits.describe('Available credits of promotions.'),
        adjustment: credits.describe('Available credits that staff gave.'),
        purchase: credits.describe('Available credits that were bought.'),
      })
      .describe('The available credits of each kind.'),
  }),
  {
    granted: 5000,
    available: 4200,
    held: 120,
    spent: 680,
    expired: 0,
    byKind: { plan: 4000, promo: 200, adjustment: 0, purchase: 0 },
  },
);

export const getCreditsInput = z
  .strictObject({ at: moment.optional().describe('The time to answer for; without it now.') })
  .prefault({});
export type GetCreditsInput = z.output<typeof getCreditsInput>;

const lowBalanceThresholds = z
  .array(amount)
  .max(10)
  .describe('The balances below which a `credit.low_balance` message is sent.');

export const creditAlerts = named(
  'CreditAlerts',
  'When the account is told that its credits run low.',
  z.object({ lowBalanceThresholds }),
  { lowBalanceThresholds: [1000, 100] },
);

export const updateCreditAlertsInput = z
  .strictObject({ lowBalanceThresholds })
  .meta({ examples: [{ lowBalanceThresholds: [1000, 100] }] });
export type UpdateCreditAlertsInput = z.output<typeof updateCreditAlertsInput>;
