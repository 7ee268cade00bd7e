import type { CatalogueIssuer } from '@tenantry/domain/catalogue/catalogue';
import type { InvoiceIssuer } from '@tenantry/domain/invoice/parties';

/** What the numbers of invoices begin with while there is no issuer. */
const defaultPrefix = 'INV-';

/**
 * The series that an invoice takes its number from. What is invoiced to a sandbox, whose time may be moved, leaves no gap
 * and no line in the issuer's own.
 */
export function invoiceSeries(issuer: CatalogueIssuer | null, { sandbox }: { sandbox: boolean }): string {
  return `${sandbox ? 'TEST-' : ''}${issuer?.invoicePrefix ?? defaultPrefix}`;
}

/** What an invoice says of its issuer. */
export function issuerFacts(issuer: CatalogueIssuer | null): InvoiceIssuer | null {
  if (issuer === null) return null;
  const { name, address, taxId, email } = issuer;
  return { name, address, taxId, email };
}
