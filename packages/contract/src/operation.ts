import { operationKinds } from '@tenantry/domain/credit/price';
import { finishReasons } from '@tenantry/domain/run/finish';
import { promptCharactersMax, variableName, variablesMax } from '@tenantry/domain/run/prompt';
import { z } from 'zod';
import { priceFields, usageFields, version } from './credit-explanation.ts';
import { isStorable, unstorable } from '@tenantry/domain/storable';
import { id, metadata, text, uuid } from './fields.ts';
import { named, sample } from './named.ts';
import { problem, runCredits } from './problem.ts';

/** The most output tokens that any operation answers. */
const tokens = z.int().min(1).max(1_000_000);

/** An operation of the price list. */
export const operation = named(
  'Operation',
  'A priced operation.',
  z.object({
    name: z.string().describe('Its name.'),
    kind: z.enum(operationKinds).describe('What it makes.'),
    version: version.describe('Which of its prices this is; each change has the next number.'),
    ...priceFields,
    outputTokensDefault: tokens.describe('The most tokens of output of a run that names none.'),
    outputTokensMax: tokens.describe('The most tokens of output that a run may ask for.'),
    variables: z
      .array(z.string())
      .nullable()
      .describe(
        'The variables that a run gives values, where the operation has a prompt of its own; null where the run brings the prompt.',
      ),
    model: z.string().nullable().describe('The model that a run asks; null for the one of the installation.'),
  }),
  {
    name: 'write_content',
    kind: 'text',
    version: 3,
    unit: 'word',
    unitSize: 100,
    creditsPerUnit: 10,
    rates: null,
    creditsMin: 10,
    outputTokensDefault: 500,
    outputTokensMax: 32_000,
    variables: null,
    model: null,
  },
);

/** A run as it is answered whole. */
export const operationRun = named(
  'Run',
  'What an operation answered and what it cost.',
  z.object({
    runId: uuid.describe('The run; its hold has the same id.'),
    output: z.string().describe('The text that the model wrote.'),
    finishReason: z
      .enum(finishReasons)
      .describe(
        'Why the output ended: `stop` when the model had finished, `length` at the most tokens of output, `content_filter` when the provider withheld the rest, `credits` when the credits were used up.',
      ),
    usage: z.object(usageFields).describe('The tokens that were used.'),
    credits: runCredits,
  }),
  {
    runId: sample.holdId,
    output: 'Ten headlines about tea: …',
    finishReason: 'stop',
    usage: {
      inputTokens: 42,
      cachedInputTokens: 0,
      outputTokens: 310,
      reasoningTokens: 200,
      source: 'reported',
    },
    credits: { charged: 30, available: 4170 },
  },
);

export const runOperationInput = z
  .strictObject({
    operation: text(100).describe('The operation to run.'),
    prompt: text(promptCharactersMax)
      .optional()
      .describe('What the model is asked, of an operation without a prompt of its own.'),
    variables: z
      .record(
        z.string().regex(variableName),
        z.string().max(promptCharactersMax).refine(isStorable, unstorable),
      )
      .refine(
        (values) => Object.keys(values).length <= variablesMax,
        `has more than ${variablesMax} variables`,
      )
      .optional()
      .describe(
        `A value for each variable of the prompt that the operation has: at most ${variablesMax}. Values are text and are not evaluated.`,
      ),
    maxOutputTokens: tokens
      .optional()
      .describe(
        'The most tokens of output, as far as the operation allows; without it the default of the operation.',
      ),
    siteId: id.optional().describe('The site that the work is for.'),
    metadata: metadata.describe('Labels of the caller: at most 20.'),
  })
  .meta({ examples: [{ operation: 'write_content', prompt: 'Write ten headlines about tea.' }] });
export type RunOperationInput = z.output<typeof runOperationInput>;

/** An event of a streamed run: deltas, then exactly one of the others. */
export const runEvent = z.union([
  z.object({
    event: z.literal('delta').describe('More output.'),
    text: z.string().describe('What is added to the output.'),
  }),
  operationRun.omit({ output: true }).extend({
    event: z.literal('done').describe('The run ended.'),
  }),
  problem.extend({
    event: z.literal('failed').describe('The run did not end whole. `credits` is what it was charged.'),
  }),
]);
