import type { Ports } from '../context.ts';
import { getInvoice } from './get.ts';
import { pdfAnswer } from './pdf.ts';
import type { invoiceView } from './view.ts';

/**
 * An invoice as a PDF. It is read first, and printed without a transaction. Refuses `not_found`, and `unavailable` while
 * too many documents wait to be printed.
 */
export const printInvoice = {
  read: getInvoice,
  finish: async ({ invoices }: Pick<Ports, 'invoices'>, invoice: Awaited<ReturnType<typeof invoiceView>>) =>
    pdfAnswer(await invoices.print(invoice), `invoice-${invoice.id}`),
};
