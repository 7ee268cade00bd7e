import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PrintedInvoice } from './port.ts';
import { type InvoicePrinter, openInvoicePrinter } from './printer.ts';

let printer: InvoicePrinter;
beforeAll(() => {
  printer = openInvoicePrinter();
});
afterAll(() => printer.close());

const money = (amount: number, currency = 'EUR') => ({ amount, currency });
const line = { description: 'Growth', quantity: 1, unitAmount: 8900, amount: 8900, period: null };
const customer = { address: ['1 Sample Road'], country: 'GB', taxId: 'GB 1', email: 'a@b.example' };
const invoice: PrintedInvoice = {
  number: 'INV-000042',
  reference: 'RF18539007547034',
  issuer: { name: 'Beispiel GmbH', address: ['Beispielweg 1'], taxId: 'DE123456789', email: null },
  payee: { name: 'Beispiel GmbH', bank: 'Bank', iban: 'DE89370400440532013000', bic: null, account: [] },
  customer: { ...customer, name: 'Example Ltd' },
  lines: [line],
  total: money(8900),
  tax: money(1421),
  taxRateBasisPoints: 1900,
  paid: money(0),
  due: money(8900),
  credited: money(0),
  status: 'open',
  createdAt: new Date('2026-03-02T00:00:00Z'),
  dueAt: new Date('2026-03-16T00:00:00Z'),
  epcQr: 'BCD\n002\n1\nSCT\n\nBeispiel GmbH\nDE89370400440532013000\nEUR89.00\n\nRF18539007547034',
};

/** What stands in the streams of a PDF, unpacked. */
function contentOf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1');
  return Array.from(
    text.matchAll(/\/FlateDecode\s*>>\s*stream\r?\n([\s\S]*?)\r?\nendstream/g),
    ([, packed = '']) => inflateSync(Buffer.from(packed, 'latin1')).toString('latin1'),
  ).join('\n');
}
const sheetsOf = (bytes: Uint8Array) =>
  Buffer.from(bytes)
    .toString('latin1')
    .match(/\/Type \/Page\b/g)?.length;
const print = async (more: Partial<PrintedInvoice> = {}) => {
  const bytes = await printer.print({ ...invoice, ...more });
  if (bytes === undefined) throw new Error('Nothing was printed.');
  return bytes;
};

describe('a printed invoice', () => {
  it('is one PDF of A4 with its fonts and the code for banking apps in it, and names no other host', async () => {
    const bytes = await print();
    const text = Buffer.from(bytes).toString('latin1');
    expect(text.startsWith('%PDF-')).toBe(true);
    expect(text).toContain('/MediaBox [0 0 595.28 841.89]');
    expect(text).toContain('/FontFile2');
    expect(text).toContain('/Subtype /Image');
    expect(text).not.toMatch(/https?:|\/JavaScript|\/Launch|\/OpenAction/);
    expect(sheetsOf(bytes)).toBe(1);
    expect(await print({ epcQr: null }).then((plain) => Buffer.from(plain).toString('latin1'))).not.toContain(
      '/Subtype /Image',
    );
  });

  it('goes on to more sheets for many lines, and says the same of the same invoice', async () => {
    const bytes = await print({ lines: Array.from({ length: 40 }, () => line) });
    expect(sheetsOf(bytes)).toBe(2);
    expect(contentOf(bytes).length).toBeGreaterThan(contentOf(await print()).length * 1.5);
    expect(Buffer.from(await print())).toEqual(Buffer.from(await print()));
  });

  it.each([
    ['a name from right to left', { customer: { ...customer, name: 'شركة المثال (2026) Ltd' } }],
    ['a name without a blank', { customer: { ...customer, name: 'X'.repeat(2000) } }],
    ['characters that no font has', { customer: { ...customer, name: '株式会社 🎉' } }],
    ['yen', { total: money(8900, 'JPY'), due: money(0, 'JPY'), status: 'paid' }],
    ['nobody who issued it', { issuer: null, payee: null }],
    ['a thousand lines', { lines: Array.from({ length: 1000 }, () => line) }],
  ] as const)('prints %s', async (_what, more) => {
    expect((await print(more)).length).toBeGreaterThan(10_000);
  });

  it.each([
    ['Chinese', '北京示例科技有限公司', 'NotoSansHans'],
    ['Japanese', '株式会社サンプル', 'NotoSansHans'],
    ['Korean', '예시 주식회사', 'NotoSansKR'],
  ])('has a name in %s in a font of it, and no such font without one', async (_script, name, font) => {
    const named = await print({ customer: { ...customer, name } });
    expect(Buffer.from(named).toString('latin1')).toContain(`+${font}`);
    expect(Buffer.from(await print()).toString('latin1')).not.toContain('NotoSans');
  });

  it('says so where a character stands for one that no font has', async () => {
    const printed = (name: string) => print({ customer: { ...customer, name } });
    const [emoji, plain] = [contentOf(await printed('A 🎉')), contentOf(await printed('A'))];
    const textsOf = (content: string) => content.match(/\bTJ\b/g)?.length ?? 0;
    expect(textsOf(emoji)).toBe(textsOf(plain) + 1);
  });

  it('of a credit note is one sheet of A4, the same for the same note', async () => {
    const { issuer, customer: billed, lines, total, tax, taxRateBasisPoints, createdAt } = invoice;
    const of = { number: 'CN-INV-000007', invoiceNumber: 'INV-000042', invoiceCreatedAt: createdAt };
    const note = { ...of, issuer, customer: billed, lines, total, tax, taxRateBasisPoints, createdAt };
    const [first, second] = [await printer.printCreditNote(note), await printer.printCreditNote(note)];
    if (first === undefined || second === undefined) throw new Error('Nothing was printed.');
    expect(sheetsOf(first)).toBe(1);
    expect(Buffer.from(first)).toEqual(Buffer.from(second));
    expect(Buffer.from(first)).not.toEqual(Buffer.from(await print()));
  });

  it('is refused while too many wait, and printing goes on after that', async () => {
    const asked = Array.from({ length: 30 }, () => printer.print(invoice));
    const printed = await Promise.all(asked);
    const refused = printed.filter((bytes) => bytes === undefined).length;
    expect(refused).toBeGreaterThan(0);
    expect(refused).toBeLessThan(30);
    expect((await print()).length).toBeGreaterThan(10_000);
  });
});
