import type { CatalogueIssuer } from '@tenantry/domain/catalogue/catalogue';
import type { InvoiceIssuer } from '@tenantry/domain/invoice/parties';

/** What the numbers of invoices begin with while there is no issuer. */
const defaultPrefix = 'INV-';

/**
 * The series that a document takes its number from. Credit notes have one of their own for each of the issuer's. What is
 * issued to a sandbox, whose time may be moved, leaves no gap and no line in either.
 */
export function seriesOf(
  kind: 'invoice' | 'credit_note',
  issuer: CatalogueIssuer | null,
  { sandbox }: { sandbox: boolean },
): string {
  const prefix = issuer?.invoicePrefix ?? defaultPrefix;
  return `${sandbox ? 'TEST-' : ''}${kind === 'credit_note' ? 'CN-' : ''}${prefix}`;
}

/** What a document says of its issuer. */
export function issuerFacts(issuer: CatalogueIssuer | null): InvoiceIssuer | null {
  if (issuer === null) return null;
  const { name, address, taxId, email } = issuer;
  return { name, address, taxId, email };
}
