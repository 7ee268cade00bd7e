import { isCountry } from '@tenantry/domain/country';
import { z } from 'zod';
import { email, lineOf } from './fields.ts';
import { named } from './named.ts';

const country = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .refine(isCountry, 'is not the code of a country (ISO 3166-1, two capital letters)');

const fields = {
  legalName: lineOf(200).describe('The legal name of the customer.'),
  address: z.array(lineOf(100)).min(1).max(6).describe('The lines of the address, without the country.'),
  country: country.describe('The country: ISO 3166-1, two capital letters.'),
  taxId: lineOf(50)
    .nullable()
    .default(null)
    .describe('The tax id, as it is to be printed; it is not checked. Null for none.'),
  email: email
    .nullable()
    .default(null)
    .describe('The address that invoices name for questions to the customer. Null for none.'),
};

const example = {
  legalName: 'Example Holding GmbH',
  address: ['Beispielweg 1', '10115 Berlin'],
  country: 'DE',
  taxId: 'DE123456789',
  email: 'invoices@example.com',
};

/** What an account says of itself for its invoices, as a whole. */
export const billingDetailsInput = z.strictObject(fields).meta({ examples: [example] });
export type BillingDetailsInput = z.output<typeof billingDetailsInput>;

/** The billing details of an account as its members and staff see them. */
export const billingDetails = named(
  'BillingDetails',
  'What new invoices say of the customer. Everything is null, and the address empty, where the account has said nothing: then they have its name alone.',
  z.object({
    legalName: z.string().nullable().describe('The legal name of the customer.'),
    address: z.array(z.string()).describe('The lines of the address, without the country.'),
    country: z.string().nullable().describe('The country: ISO 3166-1, two capital letters.'),
    taxId: z.string().nullable().describe('The tax id; null without one.'),
    email: z.string().nullable().describe('The address for questions; null without one.'),
  }),
  example,
);
