import { invoiceStatuses, invoiceVoidReasons } from '@tenantry/domain/invoice/status';
import { z } from 'zod';
import { id, time, uuid } from './fields.ts';
import { money } from './money.ts';
import { named, sample } from './named.ts';

/** An invoice as a client sees it. */
export const invoice = named(
  'Invoice',
  'An invoice of the account.',
  z.object({
    id: uuid.describe('The invoice.'),
    number: z.string().describe('Its number.'),
    reference: z.string().describe('The ISO 11649 reference to pay under.'),
    planSlug: z.string().describe('The plan that it is for.'),
    total: money.describe('What is to be paid.'),
    status: z.enum(invoiceStatuses).describe('Whether it is to be paid, was paid, or no longer counts.'),
    createdAt: time.describe('When it was made.'),
    paidAt: time.nullable().describe('When it was paid; null before.'),
    voidReason: z
      .enum(invoiceVoidReasons)
      .nullable()
      .describe('Why it no longer counts: cancelled, superseded by a newer one, or voided by the operator.'),
    voidedAt: time.nullable().describe('Since when it no longer counts; null while it does.'),
  }),
  {
    id: sample.invoiceId,
    number: 'INV-2026-000042',
    reference: 'RF18539007547034',
    planSlug: 'growth',
    total: { amount: 8900, currency: 'USD' },
    status: 'open',
    createdAt: sample.createdAt,
    paidAt: null,
    voidReason: null,
    voidedAt: null,
  },
);

export const invoiceInput = z.strictObject({ invoiceId: id.describe('The invoice.') });
export type InvoiceInput = z.output<typeof invoiceInput>;
