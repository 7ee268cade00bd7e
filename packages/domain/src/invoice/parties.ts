import type { CatalogueIssuer, CataloguePayee } from '../catalogue/catalogue.ts';

/** Who wrote an invoice, as they were. */
export type InvoiceIssuer = Pick<CatalogueIssuer, 'name' | 'address' | 'taxId' | 'email'>;

/** Where its money is sent, as it was. */
export type InvoicePayee = CataloguePayee;

/** Who is asked to pay, as they were. */
export interface InvoiceCustomer {
  name: string;
}
