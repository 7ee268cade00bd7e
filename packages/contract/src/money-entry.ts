import { moneyBooks, moneyEntryKinds } from '@tenantry/domain/billing/money-books';
import { z } from 'zod';
import { id, signedMinorUnits, time, uuid } from './fields.ts';
import { money } from './money.ts';
import { named, sample } from './named.ts';
import { pageFields } from './page.ts';

/** One row of the journal of money. */
export const moneyEntry = named(
  'MoneyEntry',
  'An entry of the journal of money: it moves an amount from one book of the account to another.',
  z.object({
    id: uuid.describe('The entry.'),
    sequence: z.int().min(1).describe('Its number in the account, without gaps.'),
    at: time.describe('When it was made.'),
    kind: z.enum(moneyEntryKinds).describe('Why it was made.'),
    from: z.enum(moneyBooks).describe('The book that the money leaves.'),
    to: z.enum(moneyBooks).describe('The book that the money enters.'),
    amount: money.describe('How much it moves.'),
    balanceAfter: signedMinorUnits.describe(
      'The balance of its currency after it, in minor units; below zero where money was taken back that had paid something else.',
    ),
    invoiceId: uuid.nullable().describe('The invoice that it pays, or that gives money back.'),
    paymentId: uuid.nullable().describe('The payment whose money it is; null where the balance pays.'),
    reason: z.string().nullable().describe('Why money went back, in the words of staff.'),
  }),
  {
    id: sample.entryId,
    sequence: 2,
    at: sample.createdAt,
    kind: 'apply',
    from: 'balance',
    to: 'invoiced',
    amount: { amount: 8900, currency: 'USD' },
    balanceAfter: 1100,
    invoiceId: sample.invoiceId,
    paymentId: sample.paymentId,
    reason: null,
  },
);

/** An entry as staff see it. */
export const staffMoneyEntry = named(
  'StaffMoneyEntry',
  'An entry of the journal of money as staff see it.',
  moneyEntry.extend({
    actor: z.string().describe('Who made it, such as `staff:` and their id.'),
    requestId: z.string().describe('The request that made it.'),
  }),
  {
    id: sample.entryId,
    sequence: 3,
    at: sample.createdAt,
    kind: 'return',
    from: 'balance',
    to: 'returned',
    amount: { amount: 8900, currency: 'USD' },
    balanceAfter: 0,
    invoiceId: null,
    paymentId: sample.paymentId,
    reason: 'The bank of the payer recalled it.',
    actor: `staff:${sample.staffId}`,
    requestId: '0198f0c0-5e1a-7c3d-8a11-2f6b0c9d4e13',
  },
);

const filters = {
  ...pageFields,
  invoiceId: id.optional().describe('Only the entries of this invoice.'),
  paymentId: id.optional().describe('Only the entries of this payment.'),
};

export const listMoneyEntriesInput = z.strictObject(filters).prefault({});
export type ListMoneyEntriesInput = z.output<typeof listMoneyEntriesInput>;

export const listStaffMoneyEntriesInput = z.strictObject({
  ...filters,
  accountId: id.describe('The account.'),
});
