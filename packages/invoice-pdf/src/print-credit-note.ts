import { Paper } from './paper.ts';
import { dayOf, printFooters, printHead, printLines, printTotals, totalRows } from './parts.ts';
import type { PrintedCreditNote } from './port.ts';

/** Prints a credit note as a PDF of A4 sheets, as an invoice is printed. */
export async function printCreditNote(note: PrintedCreditNote): Promise<Uint8Array> {
  const { number, issuer, customer, lines, total, createdAt, invoiceNumber, invoiceCreatedAt } = note;
  const title = `Credit note ${number}`;
  const paper = new Paper({ title, author: issuer?.name ?? '', createdAt });
  const facts = [
    ['Number', number],
    ['Date', dayOf(createdAt)],
    ['For invoice', invoiceNumber],
    ['Invoice date', dayOf(invoiceCreatedAt)],
  ] as const;
  printHead(paper, { title: 'Credit note', mark: '', issuer, customer, facts });
  printLines(paper, lines, total.currency);
  printTotals(paper, totalRows(note, 'Total credited'));
  printFooters(paper, issuer, title);
  return paper.bytes();
}
