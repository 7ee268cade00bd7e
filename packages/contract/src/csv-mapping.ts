import { csvCharsets, csvDateForms } from '@tenantry/domain/statement/csv-mapping';
import { z } from 'zod';
import { currency, lineOf } from './fields.ts';

const column = z
  .union([lineOf(200), z.int().min(1).max(200)])
  .describe('A column: the text of its head, or its place from 1.');
const words = z.array(lineOf(50)).min(1).max(20);

/** How the columns of a bank's CSV file are read. */
const csvMapping = z.strictObject({
  delimiter: z.enum([',', ';', '\t', '|']).describe('What stands between two columns.'),
  decimal: z.enum(['.', ',']).describe('What stands before the minor units of an amount.'),
  dateForm: z.enum(csvDateForms).describe('How a day is written.'),
  charset: z.enum(csvCharsets).default('utf-8').describe('The charset of the file.'),
  hasHeader: z.boolean().default(true).describe('Whether the first row names the columns.'),
  skippedRows: z.int().min(0).max(100).default(0).describe('Rows before it that are not read.'),
  account: z
    .union([lineOf(50), z.strictObject({ column })])
    .describe('Your account, or the column that names it.'),
  currency: z
    .union([currency, z.strictObject({ column })])
    .describe('Its currency, or the column that names it.'),
  columns: z
    .strictObject({
      bookedOn: column,
      valueOn: column.optional(),
      amount: z
        .union([
          z.strictObject({
            column,
            sign: column,
            credit: words.describe('What the column says of money that came in.'),
            debit: words.describe('What the column says of money that went out.'),
          }),
          z.strictObject({
            credit: column.describe('The column of money that came in.'),
            debit: column.describe('The column of money that went out.'),
          }),
          z.strictObject({ column }),
        ])
        .describe('One column with a sign, one beside a column that says the direction, or two columns.'),
      name: column.optional(),
      counterpartyAccount: column.optional(),
      remittance: z
        .array(column)
        .max(10)
        .default([])
        .describe('The columns of what the payer wrote, in order.'),
      reference: column.optional(),
      bankId: column.optional(),
      endToEndId: column.optional(),
    })
    .describe('Where each part of a line stands.'),
});

/** The value of a text of JSON, as a step of a schema. */
function parsedJson(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'is not JSON' });
    return z.NEVER;
  }
}

/** A mapping as a text of JSON. */
export const csvMappingText = z.string().max(8000).transform(parsedJson).pipe(csvMapping);
