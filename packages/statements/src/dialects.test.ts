import { describe, expect, it } from 'vitest';
import { sampleMappings, shown } from './lines.fixture.ts';
import { parseStatementFile } from './parse.ts';

const linesOf = async (file: string, mapping?: Parameters<typeof parseStatementFile>[1]) => {
  const read = await parseStatementFile(Buffer.from(file), mapping);
  return 'fault' in read ? [`line ${read.fault.lineNumber}: ${read.fault.message}`] : read.lines.map(shown);
};

/** An MT940 message with movements of 1.00 EUR in all, whose first is on line 4. */
const mt940 = (...fields: string[]) =>
  linesOf([':20:X', ':25:12345678', ':60F:C260301EUR0,00', ...fields, ':62F:C260302EUR1,00', ''].join('\n'));

describe('a field 61', () => {
  it.each([
    [
      'a reference with a blank',
      ':61:260302C1,00FCHGTRF SVC//200101ZCPB067071',
      'TRF SVC | 200101ZCPB067071',
    ],
    [
      'a reference with a slash',
      ':61:2603020302C1,NMSC341241773/1XXXXX//O/341241774',
      '341241773/1XXXXX | O/341241774',
    ],
    [
      'a long supplementary line',
      ':61:260302C1,00FMSCNONREF\nBALANCE_CASHBACK-510151a4-4ead-46c5-05ab-99b88521063c',
      '- | -',
    ],
    ['the third letter of its currency', ':61:2603020302CR1,00N062REF 1//117', 'REF 1 | 117'],
    ['no whole units', ':61:260302C,99N541NONREF\n:86:a\n:61:260302C0,01N541NONREF', '- | -'],
  ])('is read with %s', async (_what, field, ids) => {
    expect((await mt940(field))[0]).toContain(`| - | - | - | ${ids} |`);
  });
});

describe('a field 86', () => {
  const movement = ':61:260302C1,00NTRFNONREF';
  const textOf = async (...lines: string[]) => (await mt940(movement, ...lines))[0]?.split(' | ').slice(4);

  it.each<[string, string[], string[]]>([
    [
      'whose line breaks between its sign and its code',
      [
        ':86:116?00EINZELUEBERWEISUNG?20SVWZ+RE 20170000 VOM 27.07.?222017 KD 34?30GENXXXXXXXX?',
        '31DE47999900020000654321?32ABC?34997',
      ],
      ['ABC', 'DE47999900020000654321', '-', '-', '-', 'RE 20170000 VOM 27.07.2017 KD 34'],
    ],
    [
      'whose id goes on in the next code with one digit',
      [':86:171?20EREF+Abcdef.1568781920', '13439?210?22SVWZ+Thanks'],
      ['-', '-', '-', 'Abcdef.1568781920134390', '-', 'Thanks'],
    ],
    [
      'with a time in its text',
      [':86:paid at', '20:44:45 clita', ':44:is no field'],
      ['-', '-', '-', '-', '-', 'paid at 20:44:45 clita :44:is no field'],
    ],
    [
      'with slashes in a name',
      [':86:/EREF/NOTPROVIDED//NAME/A/B Example/REMI/USTD//for 1/2026/'],
      ['A/B Example', '-', '-', '-', '-', 'for 1/2026'],
    ],
  ])('is read %s', async (_what, lines, shownText) => {
    expect(await textOf(...lines)).toEqual(shownText);
  });

  it('behind the last field of a statement is not of its last movement', async () => {
    expect(
      await mt940(
        movement,
        ':62F:C260302EUR1,00',
        ':64:C260302EUR1,00',
        ':86:/SUM/10/3/',
        ':20:Y',
        ':60F:C260302EUR1,00',
      ),
    ).toEqual(['4 | 2026-03-02 | credit | 100 EUR | - | - | - | - | - | ']);
  });
});

describe('an amount of a CSV file', () => {
  const amountOf = async (amount: string, decimal: '.' | ',') => {
    const mapping = { ...sampleMappings.german, decimal, skippedRows: 0, charset: 'utf-8' as const };
    const head =
      'Buchungstag;Wertstellung;Buchungstext;Auftraggeber / Begünstigter;Verwendungszweck;Kontonummer;Betrag (EUR)';
    const [line = ''] = await linesOf(`${head}\n02.03.2026;;;;;;${amount}\n`, mapping);
    return line.split(' | ').slice(2, 4).join(' ') || line;
  };

  it.each([
    ['-3.000', ',', 'debit 300000 EUR'],
    ['1.000', ',', 'credit 100000 EUR'],
    ['1,000', '.', 'credit 100000 EUR'],
    ['-110.7 €', '.', 'debit 11070 EUR'],
    ['€ 12,00', ',', 'credit 1200 EUR'],
    ['12,00 EUR', ',', 'credit 1200 EUR'],
    ['12,00-', ',', 'debit 1200 EUR'],
    ["1'234'567.80", '.', 'credit 123456780 EUR'],
    ['−5', '.', 'debit 500 EUR'],
  ] as const)('%s with "%s" as decimal mark is %s', async (amount, decimal, read) => {
    expect(await amountOf(amount, decimal)).toBe(read);
  });

  it.each([
    // Three digits behind the mark are more likely thousands than cents.
    ['-3.000', '.'],
    ['0.0.66962', '.'],
    ['1.00,5', '.'],
    ['12,3.4', ','],
    ['--5', '.'],
    ['(5.00)', '.'],
    ['5 USD', '.'],
    ['', '.'],
  ] as const)('%s with "%s" as decimal mark is refused', async (amount, decimal) => {
    expect(await amountOf(amount, decimal)).toMatch(/^line 2: has an amount that/);
  });
});
