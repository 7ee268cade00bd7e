import { z } from 'zod';
import { text, time } from './fields.ts';
import { exampleOf, named, sample } from './named.ts';
import { operation } from './operation.ts';
import { pageFields } from './page.ts';

export const listPricesInput = z
  .strictObject({ operation: text(100).describe('The operation.'), ...pageFields })
  .meta({ examples: [{ operation: 'write_content' }] });
export type ListPricesInput = z.output<typeof listPricesInput>;

/** A price that an operation has or had. */
export const operationPrice = named(
  'OperationPrice',
  'A price of an operation, with since when.',
  operation.extend({
    promptTemplate: z
      .string()
      .nullable()
      .describe('The prompt of the operation; null where the run brings the prompt.'),
    createdAt: time.describe('Since when it was the price.'),
  }),
  { ...exampleOf(operation), promptTemplate: null, createdAt: sample.createdAt },
);
