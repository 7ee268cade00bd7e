import type { CatalogueIssuer, CataloguePayee } from '../catalogue/catalogue.ts';

/** Who wrote an invoice, as they were. */
export type InvoiceIssuer = Pick<CatalogueIssuer, 'name' | 'address' | 'taxId' | 'email'>;

/** Where its money is sent, as it was. */
export type InvoicePayee = CataloguePayee;

/** What an account says of itself for its invoices. Nobody checks a tax id: its form differs from country to country. */
export interface BillingDetails {
  legalName: string;
  /** The lines of the address, without the country. */
  address: readonly string[];
  /** ISO 3166-1, two capital letters. */
  country: string;
  taxId: string | null;
  email: string | null;
}

/** Who is asked to pay, as they were. */
export interface InvoiceCustomer {
  name: string;
  address: readonly string[];
  country: string | null;
  taxId: string | null;
  email: string | null;
}

/** An account's customer on an invoice: by its billing details, or by its name alone where it has given none. */
export function customerOf(account: {
  name: string;
  billingDetails: BillingDetails | null | undefined;
}): InvoiceCustomer {
  if (account.billingDetails === null || account.billingDetails === undefined)
    return wholeCustomer({ name: account.name });
  const { legalName: name, address, country, taxId, email } = account.billingDetails;
  return { name, address, country, taxId, email };
}

/** A customer as it is stored, whole: an invoice from before there were billing details has the name alone. */
export function wholeCustomer({
  name,
  address = [],
  country = null,
  taxId = null,
  email = null,
}: Partial<InvoiceCustomer> & { name: string }): InvoiceCustomer {
  return { name, address, country, taxId, email };
}
