import type { InvoiceLine } from '@tenantry/domain/invoice/lines';
import { amountText, moneyText } from '@tenantry/domain/invoice/money-text';
import type { InvoiceCustomer } from '@tenantry/domain/invoice/parties';
import type { InvoiceStatus } from '@tenantry/domain/invoice/status';
import QRCode from 'qrcode';
import { Paper, contentWidth, sheet } from './paper.ts';
import type { PrintedInvoice } from './port.ts';

const grey = '#6b7280';
const dayOf = (at: Date | string) => (typeof at === 'string' ? at : at.toISOString()).slice(0, 10);
const half = contentWidth / 2;

/** Prints an invoice as a PDF of A4 sheets. Nothing is fetched: the fonts are in this package's dependencies. */
export async function printInvoice(invoice: PrintedInvoice): Promise<Uint8Array> {
  const paper = new Paper({
    title: `Invoice ${invoice.number}`,
    author: invoice.issuer?.name ?? '',
    createdAt: invoice.createdAt,
  });
  const code = invoice.epcQr === null ? null : await qrImage(invoice.epcQr);
  printHead(paper, invoice);
  printLines(paper, invoice);
  printTotals(paper, invoice);
  if (invoice.due.amount > 0) printPayment(paper, invoice, code);
  printFooters(paper, invoice);
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

function printHead(
  paper: Paper,
  { number, issuer, customer, createdAt, dueAt, status }: PrintedInvoice,
): void {
  const right = { x: sheet.left + half, width: half, align: 'right' } as const;
  const top = paper.y;
  const left = { x: sheet.left, width: half - 20 };
  paper.write('Invoice', { ...left, font: 'bold', size: 22 });
  if (marks[status] !== '') paper.write(marks[status], { ...left, font: 'bold', colour: grey });
  const afterTitle = paper.y;
  paper.y = top;
  if (issuer !== null) {
    paper.write(issuer.name, { ...right, font: 'bold', size: 11 });
    for (const line of issuer.address) paper.write(line, right);
    if (issuer.taxId !== null) paper.write(`Tax id ${issuer.taxId}`, right);
    if (issuer.email !== null) paper.write(issuer.email, right);
  }
  paper.y = Math.max(paper.y, afterTitle) + 24;
  const facts = [
    ['Number', number],
    ['Date', dayOf(createdAt)],
    ['Due', dayOf(dueAt)],
  ] as const;
  const blockTop = paper.y;
  paper.write('Billed to', { ...left, colour: grey });
  paper.write(customer.name, { ...left, font: 'bold', size: 11 });
  for (const line of customerLines(customer)) paper.write(line, left);
  const afterCustomer = paper.y;
  paper.y = blockTop;
  for (const [name, value] of facts) {
    paper.writeAt(name, paper.y, { x: sheet.left + half, width: 90, colour: grey });
    paper.write(value, { x: sheet.left + half + 90, width: half - 90, align: 'right' });
  }
  paper.y = Math.max(paper.y, afterCustomer) + 24;
}

/** What is printed of a customer below the name. */
function customerLines({ address, country, taxId, email }: InvoiceCustomer): string[] {
  const land = country === null ? [] : [countryNames.of(country) ?? country];
  return [
    ...address,
    ...land,
    ...(taxId === null ? [] : [`Tax id ${taxId}`]),
    ...(email === null ? [] : [email]),
  ];
}

const countryNames = new Intl.DisplayNames('en', { type: 'region' });

const columns = {
  description: { x: sheet.left, width: 235 },
  quantity: { x: sheet.left + 245, width: 45, align: 'right' },
  price: { x: sheet.left + 295, width: 90, align: 'right' },
  amount: { x: sheet.left + 390, width: contentWidth - 390, align: 'right' },
} as const;

function printLines(paper: Paper, { lines, total: { currency } }: PrintedInvoice): void {
  printColumnNames(paper, currency);
  for (const line of lines) {
    const period = periodOf(line);
    const height =
      paper.heightOf(line.description, columns.description) +
      (period === undefined ? 0 : paper.heightOf(period, { ...columns.description, size: 8 }));
    if (paper.y + height + 8 > sheet.bottom) {
      newSheet(paper);
      printColumnNames(paper, currency);
    }
    const { y } = paper;
    paper.writeAt(String(line.quantity), y, columns.quantity);
    paper.writeAt(amountText({ amount: line.unitAmount, currency }), y, columns.price);
    paper.writeAt(amountText({ amount: line.amount, currency }), y, columns.amount);
    paper.write(line.description, columns.description);
    if (period !== undefined) paper.write(period, { ...columns.description, size: 8, colour: grey });
    paper.rule(paper.y + 3, '#eef0f3');
    paper.y += 8;
  }
}

const periodOf = ({ period }: InvoiceLine) =>
  period === null ? undefined : `${dayOf(period.startsAt)} to ${dayOf(period.endsAt)}`;

function printColumnNames(paper: Paper, currency: string): void {
  const { y } = paper;
  const head = { colour: grey, size: 8 } as const;
  paper.writeAt('Quantity', y, { ...columns.quantity, ...head });
  paper.writeAt(`Price (${currency})`, y, { ...columns.price, ...head });
  paper.writeAt(`Amount (${currency})`, y, { ...columns.amount, ...head });
  paper.write('Description', { ...columns.description, ...head });
  paper.rule(paper.y + 3);
  paper.y += 10;
}

function printTotals(paper: Paper, invoice: PrintedInvoice): void {
  const { total, tax, taxRateBasisPoints, paid, due } = invoice;
  const net = { ...total, amount: total.amount - tax.amount };
  const rows: [string, string, boolean][] = [];
  if (taxRateBasisPoints !== null)
    rows.push(['Net', moneyText(net), false], [`Tax ${taxRateBasisPoints / 100} %`, moneyText(tax), false]);
  rows.push(['Total', moneyText(total), true]);
  if (paid.amount > 0) rows.push(['Paid', moneyText(paid), false], ['Due', moneyText(due), true]);
  keepTogether(paper, rows.length * 16 + 10);
  paper.y += 6;
  for (const [name, value, isStrong] of rows) {
    const font = isStrong ? 'bold' : 'regular';
    const size = isStrong ? 11 : 9;
    paper.writeAt(name, paper.y, { x: sheet.left + half, width: 110, font, size });
    paper.write(value, { x: sheet.left + half + 90, width: half - 90, align: 'right', font, size });
    paper.y += 2;
  }
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

function keepTogether(paper: Paper, height: number): void {
  if (paper.y + height > sheet.bottom) newSheet(paper);
}

function newSheet(paper: Paper): void {
  paper.pdf.addPage();
  paper.y = sheet.top;
}

function printFooters(paper: Paper, { number, issuer }: PrintedInvoice): void {
  const { count } = paper.pdf.bufferedPageRange();
  const style = { size: 7, colour: grey } as const;
  for (let page = 0; page < count; page += 1) {
    paper.pdf.switchToPage(page);
    const text = [issuer?.name, `Invoice ${number}`].filter((part) => part !== undefined).join(' · ');
    paper.writeAt(text, sheet.footer, { x: sheet.left, width: contentWidth - 80, ...style });
    const numbered = `${page + 1} of ${count}`;
    paper.writeAt(numbered, sheet.footer, { x: sheet.right - 80, width: 80, align: 'right', ...style });
  }
}
