import { z } from 'zod';
import { creditEntry } from './credit-entry.ts';
import { creditGrant } from './credit-grant.ts';
import { creditHold, usageSource } from './credit-hold.ts';
import { credits, units } from './fields.ts';
import { exampleOf, named } from './named.ts';

/** The number of a price among those that an operation has had. */
export const version = z.int().min(1).max(2_147_483_647);

/** What an operation costs. */
export const priceFields = {
  unit: z
    .string()
    .describe('What is counted: `token`, `word` or `request`, of which a run is made, or any other unit.'),
  unitSize: z.int().min(1).max(2_147_483_647).describe('How many units one price is for.'),
  creditsPerUnit: credits
    .nullable()
    .describe(
      'The credits for each started size of units; null where the sorts of tokens have rates of their own.',
    ),
  rates: z
    .object({
      input: credits.describe('Of tokens of the prompt.'),
      cachedInput: credits.describe('Of tokens of the prompt that the provider had in its cache.'),
      output: credits.describe('Of tokens of the output.'),
    })
    .nullable()
    .describe(
      'The credits for one size of tokens of each sort, whose sum is rounded up once; null where a unit has one price.',
    ),
  creditsMin: credits.describe('The least that a use costs.'),
};

/** What a model call used. */
export const usageFields = {
  inputTokens: units.describe('Tokens of the prompt.'),
  cachedInputTokens: units
    .default(0)
    .describe('Of the tokens of the prompt, those that the provider had in its cache.'),
  outputTokens: units.describe('Tokens of the output.'),
  reasoningTokens: units
    .default(0)
    .describe('Of the tokens of the output, those that the model reasoned with and did not show.'),
  source: usageSource.describe('Whether the provider reported them, or they were estimated.'),
};

/** The answer to "why was I charged?". */
export const creditExplanation = named(
  'CreditExplanation',
  'Why an entry was made and how its amount came about.',
  z.object({
    entry: creditEntry,
    rule: z.string().describe('The rule as one sentence for people.'),
    hold: creditHold.nullable().describe('The hold that the entry belongs to.'),
    grants: z
      .array(
        creditGrant
          .pick({ id: true, kind: true, reference: true, expiresAt: true })
          .extend({ amount: credits.describe('What the entry moved of this grant.') }),
      )
      .describe('The grants that the credits came from or went back to.'),
    reverses: creditEntry.nullable().describe('The charge that the entry gives back.'),
    reversedBy: z.array(creditEntry).describe('The entries that gave back of this charge.'),
    reason: z.string().nullable().describe('Why staff made it.'),
    price: z
      .object({
        version: version
          .nullable()
          .describe('Which price of the operation; null where none was written down.'),
        ...priceFields,
      })
      .nullable()
      .describe('The price as it was then.'),
    units: units.nullable().describe('How many units were priced.'),
    usage: z.object(usageFields).nullable().describe('The tokens of the run.'),
  }),
  {
    entry: exampleOf(creditEntry),
    rule: 'Charged for what the work used: 800 words at 10 for each started 100 words.',
    hold: exampleOf(creditHold),
    grants: [
      {
        id: exampleOf(creditGrant).id,
        kind: 'plan',
        reference: exampleOf(creditGrant).reference,
        expiresAt: exampleOf(creditGrant).expiresAt,
        amount: 80,
      },
    ],
    reverses: null,
    reversedBy: [],
    reason: null,
    price: { version: 3, unit: 'word', unitSize: 100, creditsPerUnit: 10, rates: null, creditsMin: 10 },
    units: 800,
    usage: null,
  },
);
