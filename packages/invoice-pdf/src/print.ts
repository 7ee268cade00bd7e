import { moneyText } from '@tenantry/domain/invoice/money-text';
import type { InvoiceStatus } from '@tenantry/domain/invoice/status';
import QRCode from 'qrcode';
import { Paper, contentWidth, sheet } from './paper.ts';
import {
  type TotalRow,
  dayOf,
  grey,
  half,
  keepTogether,
  printFooters,
  printHead,
  printLines,
  printTotals,
  totalRows,
} from './parts.ts';
import type { PrintedInvoice } from './port.ts';

/** Prints an invoice as a PDF of A4 sheets. Nothing is fetched: the fonts are in this package's dependencies. */
export async function printInvoice(invoice: PrintedInvoice): Promise<Uint8Array> {
  const { number, issuer, customer, lines, total, createdAt, dueAt } = invoice;
  const title = `Invoice ${number}`;
  const paper = new Paper({ title, author: issuer?.name ?? '', createdAt });
  const code = invoice.epcQr === null ? null : await qrImage(invoice.epcQr);
  const facts = [
    ['Number', number],
    ['Date', dayOf(createdAt)],
    ['Due', dayOf(dueAt)],
  ] as const;
  printHead(paper, { title: 'Invoice', mark: marks[invoice.status], issuer, customer, facts });
  printLines(paper, lines, total.currency);
  printTotals(paper, [...totalRows(invoice), ...paidRows(invoice)]);
  if (invoice.due.amount > 0) printPayment(paper, invoice, code);
  printFooters(paper, issuer, title);
  return paper.bytes();
}

/** A code of the error level that the guideline of EPC QR codes asks for. */
const qrImage = (payload: string): Promise<Buffer> =>
  QRCode.toBuffer(payload, { errorCorrectionLevel: 'M', margin: 0, scale: 6 });

const marks: Readonly<Record<InvoiceStatus, string>> = {
  open: '',
  partially_paid: 'PAID IN PART',
  paid: 'PAID',
  void: 'VOID',
};

function paidRows({ paid, due, credited }: PrintedInvoice): TotalRow[] {
  const rows: TotalRow[] = [];
  if (paid.amount > 0) rows.push(['Paid', moneyText(paid), false], ['Due', moneyText(due), true]);
  if (credited.amount > 0) rows.push(['Sent back', moneyText(credited), false]);
  return rows;
}

const grouped = (text: string) => text.replaceAll(/\s/g, '').replaceAll(/(.{4})(?=.)/g, '$1 ');

/** How to pay: where to, under which reference, and the code for a banking app. */
function printPayment(
  paper: Paper,
  { payee, reference, due, dueAt, epcQr }: PrintedInvoice,
  code: Buffer | null,
): void {
  const rows: [string, string][] = [
    ['Amount', moneyText(due)],
    ['Reference', grouped(reference)],
  ];
  if (payee !== null) {
    rows.push(['Account of', payee.name], ['Bank', payee.bank]);
    if (payee.iban !== null) rows.push(['IBAN', grouped(payee.iban)]);
    if (payee.bic !== null) rows.push(['BIC', payee.bic]);
    rows.push(...payee.account.map((line): [string, string] => ['', line]));
  }
  rows.push(['Pay by', dayOf(dueAt)]);
  const width = contentWidth - 100 - (code === null ? 0 : 130);
  const value = { x: sheet.left + 100, width };
  const height = rows.reduce((sum, [, text]) => sum + paper.heightOf(text, value) + 2, 0);
  keepTogether(paper, Math.max(height, code === null ? 0 : 120) + 50);
  paper.y += 24;
  paper.write('How to pay', { x: sheet.left, width: half, font: 'bold', size: 11 });
  paper.rule(paper.y + 2);
  paper.y += 10;
  const top = paper.y;
  for (const [name, text] of rows) {
    paper.writeAt(name, paper.y, { x: sheet.left, width: 95, colour: grey });
    paper.write(text, { ...value, font: name === 'Reference' ? 'bold' : 'regular' });
    paper.y += 2;
  }
  if (code === null || epcQr === null) return;
  paper.pdf.image(code, sheet.right - 100, top, { width: 100 });
  paper.writeAt('Scan with a banking app', top + 104, {
    x: sheet.right - 115,
    width: 115,
    align: 'right',
    size: 7,
    colour: grey,
  });
}
