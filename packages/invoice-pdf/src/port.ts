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
  /** What was sent back after it was paid. */
  credited: Money;
  status: InvoiceStatus;
  createdAt: Date;
  dueAt: Date;
  /** The text of the QR code for a banking app; null where there is none. */
  epcQr: string | null;
}

/** What is printed of a credit note. */
export interface PrintedCreditNote {
  number: string;
  /** The invoice that it takes back, in part or whole. */
  invoiceNumber: string;
  invoiceCreatedAt: Date;
  issuer: InvoiceIssuer | null;
  customer: InvoiceCustomer;
  lines: readonly InvoiceLine[];
  total: Money;
  tax: Money;
  taxRateBasisPoints: number | null;
  createdAt: Date;
}

/** A document to print, by its kind. */
export type PrintedDocument =
  | { kind: 'invoice'; invoice: PrintedInvoice }
  | { kind: 'credit_note'; note: PrintedCreditNote };
