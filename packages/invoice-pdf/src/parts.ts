import type { InvoiceLine } from '@tenantry/domain/invoice/lines';
import { amountText, moneyText } from '@tenantry/domain/invoice/money-text';
import type { InvoiceCustomer, InvoiceIssuer } from '@tenantry/domain/invoice/parties';
import type { Money } from '@tenantry/domain/money';
import { replacement } from './fonts.ts';
import { Paper, contentWidth, sheet } from './paper.ts';

export const grey = '#6b7280';
export const half = contentWidth / 2;

/** The day of a time in UTC. */
export const dayOf = (at: Date | string) => (typeof at === 'string' ? at : at.toISOString()).slice(0, 10);

/** What stands above the lines of a document. */
export interface Head {
  title: string;
  /** A word below the title; empty for none. */
  mark: string;
  issuer: InvoiceIssuer | null;
  customer: InvoiceCustomer;
  /** What the document is, each with its name. */
  facts: readonly (readonly [string, string])[];
}

/** Writes title and issuer, and below them the customer and what the document is. */
export function printHead(paper: Paper, { title, mark, issuer, customer, facts }: Head): void {
  const right = { x: sheet.left + half, width: half, align: 'right' } as const;
  const top = paper.y;
  const left = { x: sheet.left, width: half - 20 };
  paper.write(title, { ...left, font: 'bold', size: 22 });
  if (mark !== '') paper.write(mark, { ...left, font: 'bold', colour: grey });
  const afterTitle = paper.y;
  paper.y = top;
  if (issuer !== null) {
    paper.write(issuer.name, { ...right, font: 'bold', size: 11 });
    for (const line of [...issuer.address, ...contactLines(issuer)]) paper.write(line, right);
  }
  paper.y = Math.max(paper.y, afterTitle) + 24;
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

const contactLines = ({ taxId, email }: Pick<InvoiceCustomer, 'taxId' | 'email'>): string[] => [
  ...(taxId === null ? [] : [`Tax id ${taxId}`]),
  ...(email === null ? [] : [email]),
];

const countryNames = new Intl.DisplayNames('en', { type: 'region' });

/** What is printed of a customer below the name. */
function customerLines({ address, country, taxId, email }: InvoiceCustomer): string[] {
  const land = country === null ? [] : [countryNames.of(country) ?? country];
  return [...address, ...land, ...contactLines({ taxId, email })];
}

const columns = {
  description: { x: sheet.left, width: 235 },
  quantity: { x: sheet.left + 245, width: 45, align: 'right' },
  price: { x: sheet.left + 295, width: 90, align: 'right' },
  amount: { x: sheet.left + 390, width: contentWidth - 390, align: 'right' },
} as const;

/** Writes the lines of a document, on as many sheets as they need. */
export function printLines(paper: Paper, lines: readonly InvoiceLine[], currency: string): void {
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

/** A row of the totals, and whether it stands out. */
export type TotalRow = readonly [name: string, value: string, isStrong: boolean];

/** The rows of a total: with what is net and the tax, where there is a rate. */
export function totalRows(
  document: { total: Money; tax: Money; taxRateBasisPoints: number | null },
  totalName = 'Total',
): TotalRow[] {
  const { total, tax, taxRateBasisPoints: rate } = document;
  const net = { ...total, amount: total.amount - tax.amount };
  const taxed: TotalRow[] =
    rate === null
      ? []
      : [
          ['Net', moneyText(net), false],
          [`Tax ${rate / 100} %`, moneyText(tax), false],
        ];
  return [...taxed, [totalName, moneyText(total), true]];
}

/** Writes totals below the lines, on one sheet. */
export function printTotals(paper: Paper, rows: readonly TotalRow[]): void {
  keepTogether(paper, rows.length * 16 + 10);
  paper.y += 6;
  for (const [name, value, isStrong] of rows) {
    const font = isStrong ? 'bold' : 'regular';
    const size = isStrong ? 11 : 9;
    paper.writeAt(name, paper.y, { x: sheet.left + half, width: 125, font, size });
    paper.write(value, { x: sheet.left + half + 125, width: half - 125, align: 'right', font, size });
    paper.y += 2;
  }
}

/** Goes on to another sheet where what follows does not fit this one. */
export function keepTogether(paper: Paper, height: number): void {
  if (paper.y + height > sheet.bottom) newSheet(paper);
}

function newSheet(paper: Paper): void {
  paper.pdf.addPage();
  paper.y = sheet.top;
}

/** What tells the reader that something stands in the place of a character. */
const replacementNotice = `${replacement} stands for a character that cannot be printed here. The account has the text as it was given.`;

/** Writes on each sheet which document it is of, and which sheet it is. */
export function printFooters(paper: Paper, issuer: InvoiceIssuer | null, title: string): void {
  const { count } = paper.pdf.bufferedPageRange();
  const style = { size: 7, colour: grey } as const;
  for (let page = 0; page < count; page += 1) {
    paper.pdf.switchToPage(page);
    const text = [issuer?.name, title].filter((part) => part !== undefined).join(' · ');
    paper.writeAt(text, sheet.footer, { x: sheet.left, width: contentWidth - 80, ...style });
    const numbered = `${page + 1} of ${count}`;
    paper.writeAt(numbered, sheet.footer, { x: sheet.right - 80, width: 80, align: 'right', ...style });
    if (paper.hasReplaced)
      paper.writeAt(replacementNotice, sheet.footer - 11, { x: sheet.left, width: contentWidth, ...style });
  }
}
