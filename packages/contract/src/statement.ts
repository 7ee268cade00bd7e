import { eventStatuses } from '@tenantry/domain/statement/event';
import { lineDirections, statementFormats } from '@tenantry/domain/statement/line';
import { matchReasons } from '@tenantry/domain/statement/match';
import { returnReasons } from '@tenantry/domain/statement/return';
import { invoiceStatuses } from '@tenantry/domain/invoice/status';
import { z } from 'zod';
import { csvMappingText } from './csv-mapping.ts';
import { count, currency, id, reason, signedMinorUnits, time, uuid } from './fields.ts';
import { money } from './money.ts';
import { exampleOf, named, sample } from './named.ts';
import { pageFields } from './page.ts';
import { payment } from './payment.ts';
import { approvedPayment, confirmedBankTransfer } from './staff-payment.ts';

const day = z.iso.date();

const statementBalance = z
  .object({
    amount: signedMinorUnits.describe('In minor units; negative when the account is overdrawn.'),
    on: day.describe('The day at whose end it holds.'),
  })
  .nullable();

const statementHead = z.object({
  account: z.string().describe('The account of the operator.'),
  currency: currency.describe('Its currency.'),
  number: z.string().nullable().describe('The number that the bank gave the statement.'),
  opening: statementBalance.describe('The balance before its lines; null when the file has none.'),
  closing: statementBalance.describe('The balance after its lines; null when the file has none.'),
});

const statementWarning = z.object({
  lineNumber: count.describe('Where in the file, from 1.'),
  message: z.string().describe('What a person should know about the file.'),
});

/** A file of bank statements that was imported. */
export const statementFile = named(
  'StatementFile',
  'A file of bank statements that was imported.',
  z.object({
    id: uuid.describe('The file.'),
    format: z.enum(statementFormats).describe('How it is written.'),
    sizeBytes: count.describe('The size of the file in bytes.'),
    statements: z.array(statementHead).describe('The statements that it holds.'),
    warnings: z.array(statementWarning).describe('What does not stop the import; at most 100.'),
    lineCount: count.describe('How many lines it has.'),
    newLineCount: count.describe('How many of them no file before it had.'),
    importedAt: time.describe('When it was imported.'),
    importedBy: z.string().describe('Who imported it.'),
  }),
  {
    id: '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e11',
    format: 'camt.053',
    sizeBytes: 18_204,
    statements: [
      {
        account: 'DE65999900010000123456',
        currency: 'EUR',
        number: '43',
        opening: { amount: 100_000, on: '2026-03-01' },
        closing: { amount: 108_900, on: '2026-03-02' },
      },
    ],
    warnings: [],
    lineCount: 1,
    newLineCount: 1,
    importedAt: sample.createdAt,
    importedBy: `staff:${sample.staffId}`,
  },
);

const proposal = z.object({
  accountId: uuid.describe('The account of the invoice.'),
  accountName: z.string().describe('Its name.'),
  invoiceId: uuid.describe('The invoice.'),
  invoiceNumber: z.string().describe('Its number.'),
  invoiceStatus: z.enum(invoiceStatuses).describe('Whether it takes money.'),
  due: money.describe('What is still to be paid.'),
  paymentId: uuid
    .nullable()
    .describe('The payment that waits for staff; null when the account submitted none.'),
  score: z.int().min(1).max(100).describe('How likely it is; 100 is the most.'),
  reasons: z.array(z.enum(matchReasons)).describe('Why it is proposed, and what speaks against it.'),
});

const returnProposal = z.object({
  accountId: uuid.describe('The account of the payment.'),
  accountName: z.string().describe('Its name.'),
  paymentId: uuid.describe('The payment.'),
  bookedOn: day.describe('When its money came.'),
  reasons: z.array(z.enum(returnReasons)).describe('What both lines have in common.'),
});

/** A line of a bank statement with the invoices that it may pay. */
export const statementLine = named(
  'StatementLine',
  'A line of a bank statement. Money that came in waits until staff confirm or ignore it.',
  z.object({
    id: uuid.describe('The line.'),
    status: z.enum(eventStatuses).describe('What became of it; `noted` needs nothing.'),
    account: z.string().describe('The account of the operator.'),
    bookedOn: day.describe('When the bank booked it.'),
    valueOn: day.nullable().describe('The day that it counts from.'),
    total: money.describe('How much.'),
    direction: z.enum(lineDirections).describe('Whether money came in or went out.'),
    reversal: z.boolean().describe('Whether it takes an earlier movement back.'),
    name: z.string().nullable().describe('Who paid or was paid.'),
    counterpartyAccount: z.string().nullable().describe('The account of the other side.'),
    remittance: z.string().describe('What the payer wrote.'),
    reference: z.string().nullable().describe('The structured reference.'),
    bankId: z.string().nullable().describe('The id that the bank gave it.'),
    endToEndId: z.string().nullable().describe('The id that the payer gave it.'),
    receivedAt: time.describe('When it was imported first.'),
    processedAt: time.nullable().describe('When it was decided on; null while it waits.'),
    processedBy: z.string().nullable().describe('Who decided; null for what needs no decision.'),
    reason: z.string().nullable().describe('Why staff ignored it.'),
    outcome: z
      .object({
        accountId: uuid.describe('The account.'),
        invoiceId: uuid.describe('Its invoice.'),
        paymentId: uuid.describe('Its payment.'),
      })
      .nullable()
      .describe('What it was booked as.'),
    proposals: z.array(proposal).describe('The invoices that it may pay, likeliest first; at most five.'),
    mayBeSameAs: z
      .array(
        z.object({
          lineId: uuid.describe('The other line.'),
          status: z.enum(eventStatuses).describe('What became of it.'),
        }),
      )
      .describe(
        'Lines of files in another format that may be the same movement; at most five. Such a line is never confirmed by itself.',
      ),
    returns: z
      .array(returnProposal)
      .describe('The payments that it may take back, likeliest first; at most five.'),
  }),
  {
    id: '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e12',
    status: 'waiting',
    account: 'DE65999900010000123456',
    bookedOn: '2026-03-02',
    valueOn: '2026-03-02',
    total: { amount: 8900, currency: 'EUR' },
    direction: 'credit',
    reversal: false,
    name: 'Example Ltd',
    counterpartyAccount: 'DE47999900020000654321',
    remittance: 'RF18539007547034',
    reference: null,
    bankId: '2026030210000117',
    endToEndId: null,
    receivedAt: sample.createdAt,
    processedAt: null,
    processedBy: null,
    reason: null,
    outcome: null,
    proposals: [
      {
        accountId: sample.accountId,
        accountName: 'Example Ltd',
        invoiceId: sample.invoiceId,
        invoiceNumber: 'INV-2026-000117',
        invoiceStatus: 'open',
        due: { amount: 8900, currency: 'EUR' },
        paymentId: null,
        score: 95,
        reasons: ['exact_reference', 'amount_equal', 'payer_alike'],
      },
    ],
    mayBeSameAs: [],
    returns: [],
  },
);

/** A file of bank statements; it travels as multipart, with the mapping of a CSV file as a text beside it. */
export const importStatementInput = z.strictObject({
  file: z
    .instanceof(Uint8Array)
    .meta({ type: 'string', format: 'binary' })
    .describe('camt.053, MT940, or with a mapping CSV; at most 32 MB and 50,000 lines.'),
  mapping: csvMappingText.optional().describe('How the columns of a CSV file are read, as JSON.'),
});
export type ImportStatementInput = z.output<typeof importStatementInput>;

export const statementInput = z.strictObject({ statementId: id.describe('The file.') });
export type StatementInput = z.output<typeof statementInput>;

export const listStatementLinesInput = z
  .strictObject({
    ...pageFields,
    status: z.enum(eventStatuses).default('waiting').describe('The status of the lines to list.'),
    statementId: id.optional().describe('The file whose lines are listed; without it those of all files.'),
  })
  .prefault({});
export type ListStatementLinesInput = z.output<typeof listStatementLinesInput>;

const lineInput = z.strictObject({ lineId: id.describe('The line.') });

export const approveStatementLineInput = lineInput
  .extend({
    accountId: id.describe('The account that paid.'),
    invoiceId: id.optional().describe('The invoice that is paid; without it the one open invoice.'),
    paymentId: id.optional().describe('The submitted payment that the money is of.'),
  })
  .meta({
    examples: [
      {
        lineId: '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e12',
        accountId: sample.accountId,
        invoiceId: sample.invoiceId,
      },
    ],
  });
export type ApproveStatementLineInput = z.output<typeof approveStatementLineInput>;

export const confirmStatementLineInput = approveStatementLineInput
  .extend({
    toBalance: z
      .boolean()
      .optional()
      .describe('Books money for an invoice that is paid or void to the balance of the account.'),
  })
  .meta({
    examples: [
      { lineId: '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e12', accountId: sample.accountId, toBalance: false },
    ],
  });
export type ConfirmStatementLineInput = z.output<typeof confirmStatementLineInput>;

export const returnStatementLineInput = lineInput
  .extend({ paymentId: id.describe('The payment that it takes back.'), reason })
  .meta({
    examples: [
      {
        lineId: '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e12',
        paymentId: sample.paymentId,
        reason: 'The bank of the payer recalled it.',
      },
    ],
  });
export type ReturnStatementLineInput = z.output<typeof returnStatementLineInput>;

export const ignoreStatementLineInput = lineInput.extend({ reason }).meta({
  examples: [
    { lineId: '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e12', reason: 'A refund of our electricity supplier.' },
  ],
});
export type IgnoreStatementLineInput = z.output<typeof ignoreStatementLineInput>;

export const ignoredLine = z.object({ id: uuid.describe('The line.') }).describe('The line that is ignored.');

/** What booking a line changed. */
export const confirmedStatementLine = named(
  'ConfirmedStatementLine',
  'What booking a line of a statement changed.',
  confirmedBankTransfer.extend({ lineId: uuid.describe('The line, which is booked.') }),
  { ...exampleOf(confirmedBankTransfer), lineId: '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e12' },
);

/** What a line took back. */
export const returnedStatementLine = named(
  'ReturnedStatementLine',
  'The payment that a line of a statement took back.',
  z.object({
    lineId: uuid.describe('The line, which is booked.'),
    payment: payment.describe('The payment, which was returned.'),
  }),
  {
    lineId: '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e12',
    payment: { ...exampleOf(payment), status: 'returned', confirmedAt: sample.createdAt },
  },
);

/** A line that one member of staff has approved. */
export const approvedStatementLine = named(
  'ApprovedStatementLine',
  'A line of a statement that one member of staff has approved, and another one may confirm.',
  z.object({
    lineId: uuid.describe('The line, which waits on.'),
    payment: approvedPayment.describe('The payment that its money is of.'),
  }),
  { lineId: '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e12', payment: exampleOf(approvedPayment) },
);
