import { invoiceKinds, invoiceStatuses, invoiceVoidReasons } from '@tenantry/domain/invoice/status';
import { z } from 'zod';
import { count, id, signedMinorUnits, time, uuid } from './fields.ts';
import { money } from './money.ts';
import { exampleOf, named, sample } from './named.ts';

/** A line of an invoice. */
export const invoiceLine = named(
  'InvoiceLine',
  'A line of an invoice, in minor units of its currency.',
  z.object({
    description: z.string().describe('What it is for.'),
    quantity: count.describe('How many.'),
    unitAmount: signedMinorUnits.describe('The price of one; negative for what is credited.'),
    amount: signedMinorUnits.describe('The quantity times the price of one.'),
    period: z
      .object({ startsAt: time.describe('Its start.'), endsAt: time.describe('Its end.') })
      .nullable()
      .describe('The period that it is for; null for none.'),
  }),
  { description: 'Growth', quantity: 1, unitAmount: 8900, amount: 8900, period: null },
);

/** Who writes invoices. */
export const invoiceIssuer = named(
  'InvoiceIssuer',
  'Who wrote an invoice, as they were.',
  z.object({
    name: z.string().describe('The name.'),
    address: z.array(z.string()).describe('The lines of the address.'),
    taxId: z.string().nullable().describe('The tax id; null without one.'),
    email: z.string().nullable().describe('The address for questions; null without one.'),
  }),
  { name: 'Demo Software Ltd', address: ['1 Example Road'], taxId: null, email: null },
);

/** Who is asked to pay. */
export const invoiceCustomer = named(
  'InvoiceCustomer',
  'Who is asked to pay, by the billing details of the account as they were.',
  z.object({
    name: z.string().describe('The legal name; the name of the account where there were no billing details.'),
    address: z.array(z.string()).describe('The lines of the address, without the country.'),
    country: z.string().nullable().describe('The country, ISO 3166-1; null where it was not known.'),
    taxId: z.string().nullable().describe('The tax id; null without one.'),
    email: z.string().nullable().describe('The address for questions; null without one.'),
  }),
  { name: 'Example Ltd', address: ['1 Sample Road'], country: 'GB', taxId: null, email: null },
);

/** Where money is sent. */
const invoicePayee = named(
  'InvoicePayee',
  'The account at a bank that money for an invoice is sent to, as it was.',
  z.object({
    name: z.string().describe('The holder of the account.'),
    bank: z.string().describe('The bank.'),
    iban: z.string().nullable().describe('The IBAN; null where the account has none.'),
    bic: z.string().nullable().describe('The BIC; null without one.'),
    account: z.array(z.string()).describe('The lines that name an account without an IBAN.'),
  }),
  {
    name: 'Demo Software Ltd',
    bank: 'Example Bank',
    iban: null,
    bic: null,
    account: ['Routing 000000000', 'Account 0000000000'],
  },
);

/** An invoice as a client sees it. */
export const invoice = named(
  'Invoice',
  'An invoice of the account.',
  z.object({
    id: uuid.describe('The invoice.'),
    number: z.string().describe('Its number.'),
    reference: z.string().describe('The ISO 11649 reference to pay under.'),
    kind: z
      .enum(invoiceKinds)
      .describe('What it is for: a period of a plan, a better plan at once, or a package of credits.'),
    planSlug: z.string().nullable().describe('The plan that it is for; null for a package.'),
    packageSlug: z.string().nullable().describe('The package that it is for; null for a plan.'),
    issuer: invoiceIssuer.nullable().describe('Who wrote it; null where the operator had named nobody.'),
    payee: invoicePayee
      .nullable()
      .describe('Where its money is sent; null where the operator had no account for its currency.'),
    customer: invoiceCustomer.describe('Who is asked to pay.'),
    lines: z.array(invoiceLine).describe('What is asked for.'),
    total: money.describe('What is to be paid, with the tax in it.'),
    tax: money.describe('The tax in the total.'),
    taxRateBasisPoints: count
      .nullable()
      .describe('The rate of the tax in hundredths of a percent; null where none is charged.'),
    paid: money.describe('What is paid of it.'),
    due: money.describe('What is still to be paid of it.'),
    credited: money.describe('What was sent back of it, after it was paid.'),
    epcQr: z
      .string()
      .nullable()
      .describe(
        'The text of a QR code that fills in the transfer in a banking app (EPC069-12); null where it is no SEPA transfer.',
      ),
    status: z
      .enum(invoiceStatuses)
      .describe('Whether it is to be paid, is paid in part, was paid, or no longer counts.'),
    createdAt: time.describe('When it was made.'),
    dueAt: time.describe('By when it is to be paid.'),
    periodStart: time.nullable().describe('The start of the period that it is for, where it is known.'),
    periodEnd: time.nullable().describe('The end of that period.'),
    paidAt: time.nullable().describe('When it was paid; null before.'),
    voidReason: z
      .enum(invoiceVoidReasons)
      .nullable()
      .describe('Why it no longer counts: cancelled, superseded by a newer one, or voided by the operator.'),
    voidedAt: time.nullable().describe('Since when it no longer counts; null while it does.'),
  }),
  {
    id: sample.invoiceId,
    number: 'INV-000042',
    reference: 'RF18539007547034',
    kind: 'subscription',
    planSlug: 'growth',
    packageSlug: null,
    issuer: exampleOf(invoiceIssuer),
    payee: exampleOf(invoicePayee),
    customer: exampleOf(invoiceCustomer),
    lines: [exampleOf(invoiceLine)],
    total: { amount: 8900, currency: 'USD' },
    tax: { amount: 0, currency: 'USD' },
    taxRateBasisPoints: null,
    paid: { amount: 0, currency: 'USD' },
    due: { amount: 8900, currency: 'USD' },
    credited: { amount: 0, currency: 'USD' },
    epcQr: null,
    status: 'open',
    createdAt: sample.createdAt,
    dueAt: sample.expiresAt,
    periodStart: null,
    periodEnd: null,
    paidAt: null,
    voidReason: null,
    voidedAt: null,
  },
);

export const invoiceInput = z.strictObject({ invoiceId: id.describe('The invoice.') });
export type InvoiceInput = z.output<typeof invoiceInput>;
