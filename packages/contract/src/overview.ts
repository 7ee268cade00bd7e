import { z } from 'zod';
import { count, credits, currency, paymentMethod, signedCredits, time, uuid } from './fields.ts';
import { named, sample } from './named.ts';

/** An account that the overview names. */
const namedAccount = {
  accountId: uuid.describe('The account.'),
  accountName: z.string().describe('Its name.'),
};

/** What waits for staff. */
export const overview = named(
  'Overview',
  'What waits for staff now. Sandboxes are not counted.',
  z.object({
    transfers: z
      .object({
        count: count.describe('How many payments wait for a decision.'),
        oldestAt: time.nullable().describe('When the oldest was submitted; null for none.'),
        sums: z
          .array(
            z.object({
              currency: currency.describe('The ISO 4217 code of the currency.'),
              amount: credits.describe('What was paid in it, in minor units.'),
              count: count.describe('How many payments are in it.'),
            }),
          )
          .describe('The money of these payments by currency.'),
      })
      .describe('Bank transfers that wait.'),
    grace: z
      .object({
        count: count.describe('How many accounts are in grace.'),
        items: z
          .array(z.object({ ...namedAccount, until: time.describe('When its grace ends.') }))
          .describe('Those whose grace ends first.'),
      })
      .describe('Accounts whose paid time is over and which still work.'),
    webhooks: z
      .object({
        count: count.describe('How many endpoints fail or were disabled because they failed.'),
        items: z
          .array(
            z.object({
              endpointId: uuid.describe('The endpoint.'),
              accountId: uuid.nullable().describe("The account; null for an endpoint of the operator's own."),
              accountName: z.string().nullable().describe('Its name; null likewise.'),
              host: z.string().describe('The host that it is at.'),
              failingSince: time.describe('Since when every attempt failed.'),
              enabled: z.boolean().describe('Whether messages are still sent to it.'),
            }),
          )
          .describe('Those that fail longest.'),
      })
      .describe('Webhook endpoints that fail.'),
    lowCredit: z
      .object({
        count: count.describe('How many accounts have few credits left.'),
        items: z
          .array(
            z.object({
              ...namedAccount,
              available: credits.describe('The credits that it has.'),
              since: time.describe('When it was first seen so low.'),
            }),
          )
          .describe('Those that are low since the shortest time.'),
      })
      .describe('Accounts in use with less than a tenth of the credits that their plan brings.'),
    refusals: z
      .object({
        count: count.describe('How many changes were refused in the last seven days; 100 for 100 and more.'),
        items: z
          .array(
            z.object({
              at: time.describe('When.'),
              actor: z.string().describe('Who asked.'),
              email: z.string().nullable().describe('Their address; null for who is no member of staff.'),
              action: z.string().describe('The procedure.'),
              code: z.string().describe('The code of the refusal.'),
            }),
          )
          .describe('The newest.'),
      })
      .describe('Changes of money, credits and keys that staff were refused.'),
  }),
  {
    transfers: {
      count: 3,
      oldestAt: sample.createdAt,
      sums: [{ currency: 'USD', amount: 26_700, count: 3 }],
    },
    grace: {
      count: 1,
      items: [{ accountId: sample.accountId, accountName: 'Example Ltd', until: sample.expiresAt }],
    },
    webhooks: {
      count: 1,
      items: [
        {
          endpointId: sample.endpointId,
          accountId: sample.accountId,
          accountName: 'Example Ltd',
          host: 'hooks.example.com',
          failingSince: sample.createdAt,
          enabled: true,
        },
      ],
    },
    lowCredit: {
      count: 1,
      items: [
        { accountId: sample.accountId, accountName: 'Example Ltd', available: 12, since: sample.createdAt },
      ],
    },
    refusals: {
      count: 1,
      items: [
        {
          at: sample.createdAt,
          actor: `staff:${sample.staffId}`,
          email: 'ada@operator.example',
          action: 'credit.adjust',
          code: 'role_forbids',
        },
      ],
    },
  },
);

const day = z.iso.date();
const measuredAt = time
  .nullable()
  .describe('Up to when the figures are counted; null before they were counted first.');

/** What the accounts did with credits, and how many signed up. */
export const overviewActivity = named(
  'OverviewActivity',
  'Credits and sign-ups of all accounts but sandboxes, of the last 30 UTC days.',
  z.object({
    measuredAt,
    days: z
      .array(
        z.object({
          day: day.describe('The UTC day.'),
          granted: signedCredits.describe('Credits that were granted, less those that were taken back.'),
          spent: signedCredits.describe('Credits that were spent, less refunds.'),
          expired: signedCredits.describe('Credits that expired.'),
          signUps: count.describe('Accounts that were made.'),
        }),
      )
      .describe('One row for each day, the oldest first.'),
  }),
  {
    measuredAt: sample.createdAt,
    days: [{ day: '2026-03-01', granted: 12_000, spent: 8100, expired: 300, signUps: 4 }],
  },
);

/** What was paid. */
export const overviewRevenue = named(
  'OverviewRevenue',
  'Money of all accounts but sandboxes, of the last 30 UTC days.',
  z.object({
    measuredAt,
    from: day.describe('The first day.'),
    to: day.describe('The last day, which is today.'),
    items: z
      .array(
        z.object({
          day: day.describe('The UTC day.'),
          method: paymentMethod.describe('How it was paid.'),
          currency: currency.describe('The ISO 4217 code of the currency.'),
          received: credits.describe('What arrived, in minor units.'),
          sentBack: credits.describe('What was refunded or taken back by the bank, in minor units.'),
        }),
      )
      .describe('One row for each day, method and currency with money, the oldest first.'),
  }),
  {
    measuredAt: sample.createdAt,
    from: '2026-02-01',
    to: '2026-03-02',
    items: [{ day: '2026-03-01', method: 'bank_transfer', currency: 'USD', received: 26_700, sentBack: 0 }],
  },
);
