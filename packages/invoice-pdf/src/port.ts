import type { Money } from '@tenantry/domain/money';
import type { InvoiceLine } from '@tenantry/domain/invoice/lines';
import type { InvoiceCustomer, InvoiceIssuer, InvoicePayee } from '@tenantry/domain/invoice/parties';
import type { InvoiceStatus } from '@tenantry/domain/invoice/status';

/** What is printed of an invoice. */
export interface PrintedInvoice {
  number: string;
  reference: string;
  issuer: InvoiceIssuer | null;
  payee: InvoicePayee | null;
  customer: InvoiceCustomer;
  lines: readonly InvoiceLine[];
  total: Money;
  tax: Money;
  taxRateBasisPoints: number | null;
  paid: Money;
  due: Money;
  status: InvoiceStatus;
  createdAt: Date;
  dueAt: Date;
  /** The text of the QR code for a banking app; null where there is none. */
  epcQr: string | null;
}
