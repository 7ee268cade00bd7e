import { holdStatuses, usageSources } from '@tenantry/domain/credit/books';
import { z } from 'zod';
import { amount, credits, id, metadata, text, time, units, uuid } from './fields.ts';
import { exampleOf, named, sample } from './named.ts';

export const usageSource = z.enum(usageSources);

/** A hold as a client sees it. */
export const creditHold = named(
  'CreditHold',
  'A hold: credits that are reserved before the work.',
  z.object({
    id: uuid.describe('The hold.'),
    amount: credits.describe('The credits that it reserves.'),
    status: z.enum(holdStatuses).describe('What became of it.'),
    settledAmount: credits.nullable().describe('What was charged; null while it is open.'),
    estimated: z.boolean().describe('Whether the charge is an estimate that may be trued up once.'),
    operation: z.string().nullable().describe('The operation that it pays for.'),
    siteId: uuid.nullable().describe('The site that the work is for.'),
    metadata: z.record(z.string(), z.string()).describe('The labels of the caller.'),
    expiresAt: time.describe('When it ends by itself and charges nothing.'),
    createdAt: time.describe('When it was made.'),
  }),
  {
    id: sample.holdId,
    amount: 120,
    status: 'open',
    settledAmount: null,
    estimated: false,
    operation: 'write_content',
    siteId: sample.siteId,
    metadata: { job: '7' },
    expiresAt: '2026-03-01T09:45:00.000Z',
    createdAt: sample.createdAt,
  },
);

/** A hold as settle and release answer it. */
export const resolvedCreditHold = named(
  'ResolvedCreditHold',
  'A hold that was settled, released, or had run out.',
  creditHold.extend({
    settledAmount: credits.describe('What was charged.'),
    unbilledAmount: credits.describe('What was asked for after the hold had run out, and is not charged.'),
  }),
  { ...exampleOf(creditHold), status: 'settled', settledAmount: 80, unbilledAmount: 0 },
);

const tokens = z.int().min(0).max(1_000_000_000_000);

/** The tokens of work that runs elsewhere, by their sorts. */
const tokenUsage = z
  .strictObject({
    inputTokens: tokens.describe('Tokens of the input, with those that were cached.'),
    cachedInputTokens: tokens
      .default(0)
      .describe('Of the tokens of the input, those that the provider had in its cache.'),
    outputTokens: tokens.describe('Tokens of the output, with those that the model reasoned with.'),
    reasoningTokens: tokens
      .default(0)
      .describe('Of the tokens of the output, those that the model reasoned with and did not show.'),
  })
  .refine(({ inputTokens, cachedInputTokens }) => cachedInputTokens <= Math.max(0, inputTokens), {
    path: ['cachedInputTokens'],
    message: 'are more than the whole input',
  })
  .refine(({ outputTokens, reasoningTokens }) => reasoningTokens <= Math.max(0, outputTokens), {
    path: ['reasoningTokens'],
    message: 'are more than the whole output',
  });
export type TokenUsage = z.output<typeof tokenUsage>;

/** How long a hold lives: at most a day. */
const ttlSeconds = z.int().min(10).max(86_400);

export const createHoldInput = z
  .strictObject({
    amount: amount.optional().describe('The credits to reserve, when no operation is named.'),
    operation: text(100).optional().describe('The operation whose price is reserved.'),
    units: z
      .int()
      .min(1)
      .optional()
      .describe(
        'How many units of the operation. Where tokens have rates of their own, each is held at the dearest.',
      ),
    usage: tokenUsage
      .optional()
      .describe(
        'The most tokens of each sort, of an operation that is counted in tokens; in place of units.',
      ),
    siteId: id.optional().describe('The site that the work is for.'),
    ttlSeconds: ttlSeconds.default(900).describe('After how many seconds the hold ends by itself.'),
    metadata: metadata.describe('Labels of the caller: at most 20.'),
  })
  .refine(
    (asked) => namesOne(asked) && (asked.amount === undefined) === (asked.operation !== undefined),
    'names either an amount, or units or usage of an operation',
  )
  .meta({ examples: [{ operation: 'write_content', units: 800, siteId: sample.siteId }] });
export type CreateHoldInput = z.output<typeof createHoldInput>;

export const holdInput = z.strictObject({ holdId: id.describe('The hold.') });
export type HoldInput = z.output<typeof holdInput>;

export const extendHoldInput = holdInput
  .extend({
    ttlSeconds: ttlSeconds.describe('How many seconds from now it lives at least; it is never shortened.'),
  })
  .meta({ examples: [{ holdId: sample.holdId, ttlSeconds: 3600 }] });
export type ExtendHoldInput = z.output<typeof extendHoldInput>;

const used = {
  amount: credits.optional().describe('The credits that the work cost.'),
  units: units
    .optional()
    .describe('How many units of the operation of the hold were used, where they have one rate.'),
  usage: tokenUsage
    .optional()
    .describe('The tokens that were used, where the operation of the hold is counted in tokens.'),
};

export const settleHoldInput = holdInput
  .extend({
    ...used,
    allowExcess: z
      .boolean()
      .default(false)
      .describe('Whether more than the hold may be charged, from the available credits.'),
    usageSource: usageSource
      .default('reported')
      .describe('Whether the use was reported or estimated; an estimate may be trued up once.'),
  })
  .refine(namesOne, 'names one of amount, units and usage')
  .meta({ examples: [{ holdId: sample.holdId, amount: 80 }] });
export type SettleHoldInput = z.output<typeof settleHoldInput>;

export const trueUpHoldInput = holdInput
  .extend(used)
  .refine(namesOne, 'names one of amount, units and usage')
  .meta({ examples: [{ holdId: sample.holdId, amount: 76 }] });
export type TrueUpHoldInput = z.output<typeof trueUpHoldInput>;

function namesOne(used: {
  amount?: number | undefined;
  units?: number | undefined;
  usage?: TokenUsage | undefined;
}): boolean {
  return [used.amount, used.units, used.usage].filter((figure) => figure !== undefined).length === 1;
}
