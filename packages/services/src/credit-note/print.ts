import type { Ports } from '../context.ts';
import { pdfAnswer } from '../invoice/pdf.ts';
import { getCreditNote } from './get.ts';
import type { creditNoteView } from './view.ts';

/**
 * A credit note as a PDF. It is read first, and printed without a transaction. Refuses `not_found`, and `unavailable`
 * while too many documents wait to be printed.
 */
export const printCreditNote = {
  read: getCreditNote,
  finish: async ({ invoices }: Pick<Ports, 'invoices'>, note: ReturnType<typeof creditNoteView>) =>
    pdfAnswer(await invoices.printCreditNote(note), `credit-note-${note.id}`),
};
