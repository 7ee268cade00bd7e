import { describe, expect, it } from 'vitest';
import type { CsvMapping } from '@tenantry/domain/statement/csv-mapping';
import { parsed, sampleFile, sampleMappings, shown } from './lines.fixture.ts';

/** What the file of a bank holds. */
interface Sample {
  name: string;
  mapping?: CsvMapping;
  /** Account, currency and number of each statement, with its balances. */
  statements: string[];
  lines: string[];
  warnings: string[];
}

const samples: readonly Sample[] = [
  {
    name: 'camt-02-dutch-batch.xml',
    statements: ['NL74EXMP0123456789 EUR 000000000000000097: 14987 to 57943'],
    lines: [
      '17 | 2026-03-02 | credit | 32956 EUR | De Voorbeeld B.V. | NL26EXMP0987654321 | RF50TNTRY0001 | E2E-1 | 20260302-0001 | ',
      '23 | 2026-03-02 | credit | 10000 EUR | Stichting Voorbeeld | P001234567 | - | E2E-2 | 20260302-0001 | factuur 12',
    ],
    warnings: [],
  },
  {
    name: 'camt-02-german-savings-bank.xml',
    statements: ['DE65999900010000123456 EUR 43: 100000 to 113900'],
    lines: [
      '15 | 2026-03-02 | credit | 8900 EUR | Müller & Söhne Beispiel GmbH | DE47999900020000654321 | - | - | 2026030210000117 | RF50TNTRY 0001',
      '29 | 2026-03-02 (2026-02-27) | reversal, credit | 5000 EUR | Beispielbank | - | - | GEBUEHR-7 | 2026030210000118 | STORNO',
    ],
    warnings: [],
  },
  {
    name: 'camt-04-swiss.xml',
    statements: ['CH8399999000123456789 CHF STM-7: 0 to 19050'],
    lines: [
      '15 | 2026-03-02 | credit | 10050 CHF | Käserei Beispiel | - | 210000000003139471430009017 | - | CH000000000117 | ',
      '19 | 2026-03-02 | credit | 9000 CHF | Bäckerei Muster | CH2799998000987654321 | RF23TNTRY0002 | - | CH000000000117 | ',
    ],
    warnings: [],
  },
  {
    name: 'camt-06-gulf-one-line.xml',
    statements: ['KW26EXMP0000000000001234560101 KWD KW1: 10000 to 37250'],
    lines: ['1 | 2026-03-02 | credit | 27250 KWD | شركة المثال | - | - | - | - | INV <7> & more'],
    warnings: [],
  },
  {
    name: 'camt-08-nordic-return.xml',
    statements: ['SE3899900000012345678901 SEK 12: -1200 to -1200'],
    lines: [
      '10 | 2026-03-02 (2026-03-03) | credit | 89000 SEK | Exempel AB | FI6999990000012345 | RF93TNTRY0003 | TNTRY-7 | SE-117 | mars',
      '15 | 2026-03-02 | reversal, debit | 89000 SEK | Exempel AB | FI6999990000012345 | - | TNTRY-7 | SE-118 | ',
    ],
    warnings: ['18: The entry is not booked yet (PDNG); it comes again when it is.'],
  },
  {
    name: 'camt-13-two-accounts-utf16.xml',
    statements: ['0009-7654321 JPY J1: 1000 to 13000', '0009-7654322 USD J2: 500 to -'],
    lines: [
      '6 | 2026-03-02 | credit | 12000 JPY | 例え株式会社 | - | - | - | 0001 | ',
      '10 | 2026-03-02 | debit | 750 USD | - | - | - | - | - | Account fee',
    ],
    warnings: [
      '7: The statement has more pages, which are not in this file.',
      '10: The statement has no closing balance, so its lines cannot be checked against it.',
    ],
  },
  {
    name: 'csv-american.csv',
    mapping: sampleMappings.american,
    statements: ['000123456789 USD -: - to -'],
    lines: [
      '2 | 2026-03-02 | credit | 108950 USD | - | - | - | - | 20260302-000117 | ACH CREDIT ADA EXAMPLE, INC',
      '3 | 2026-03-02 | debit | 1500 USD | - | - | - | - | - | MONTHLY FEE',
      '4 | 2026-03-02 | debit | 400 USD | - | - | - | - | - | COFFEE',
      '5 | 2026-03-02 | debit | 400 USD | - | - | - | - | - | COFFEE',
    ],
    warnings: [],
  },
  {
    name: 'csv-german.csv',
    mapping: sampleMappings.german,
    statements: ['DE65999900010000123456 EUR -: - to -'],
    lines: [
      '6 | 2026-03-02 | credit | 108900 EUR | Müller & Söhne | DE47999900020000654321 | - | - | - | Überweisung RF50TNTRY0001 Danke',
      '7 | 2026-03-02 | debit | 4510 EUR | Beispielwerke | - | - | - | - | Lastschrift Strom; März',
      '8 | 2026-03-03 | credit | 1000 EUR | =HYPERLINK("x") | - | - | - | - | Überweisung @SUM(1+1)',
    ],
    warnings: [],
  },
  {
    name: 'csv-swiss.txt',
    mapping: sampleMappings.swiss,
    statements: ['CH8399999000123456789 CHF -: - to -', 'CH8399999000123456789 EUR -: - to -'],
    lines: [
      '1 | 2026-03-02 | credit | 108950 CHF | Käserei Beispiel | CH2799998000987654321 | - | - | - | Rechnung 7',
      '2 | 2026-03-02 | debit | 4510 CHF | Beispielwerke | - | - | - | - | Strom',
      '3 | 2026-03-03 | credit | 1200 EUR | Bea Example | - | - | - | - | RF93TNTRY0003',
    ],
    warnings: [],
  },
  {
    name: 'mt940-dutch-structured.940',
    statements: ['NL74EXMP0123456789 EUR 26061: 14987 to 57943'],
    lines: [
      '6 | 2026-03-02 | credit | 32956 EUR | De Voorbeeld B.V. | NL26EXMP0987654321 | RF50TNTRY0001 | E2E-1 | 26061000012 | RF50TNTRY0001',
      '10 | 2026-03-02 | credit | 10000 EUR | Stichting/Voorbeeld | BE84999000000123 | - | - | - | factuur 12: acme/noord',
    ],
    warnings: [],
  },
  {
    name: 'mt940-german-savings-bank.sta',
    statements: ['99990001/0000123456 EUR 00043: 100000 to 185860'],
    lines: [
      '5 | 2026-03-02 | credit | 8900 EUR | Müller & Söhne Beispiel GmbH | DE47999900020000654321 | - | TNTRY-7 | 117 | RF50TNTRY0001 Danke',
      '8 | 2026-03-02 | reversal, debit | 2050 EUR | Ada Example | - | - | - | 118 | Storno der Gutschrift',
      '11 | 2026-03-02 | reversal, credit | 80000 EUR | - | - | - | - | - | ',
      '13 | 2026-03-02 | debit | 990 EUR | - | - | - | - | - | Abrechnung 27.02.2026 siehe Anlage',
    ],
    warnings: [],
  },
  {
    name: 'mt940-pages.sta',
    statements: ['AT479999900012345678 EUR 17: -1200 to 8800'],
    lines: [
      '5 | 2026-02-27 (2026-03-02) | credit | 5000 EUR | - | - | - | TNTRY-1 | - | RF23TNTRY0002 ADA EXAMPLE',
      '14 | 2026-03-02 | credit | 5000 EUR | - | - | - | TNTRY-2 | EX00000002 | ',
    ],
    warnings: [],
  },
  {
    name: 'mt940-polish.txt',
    statements: ['PL36999900010000000123456789 PLN 00012: 0 to 15025'],
    lines: [
      '6 | 2026-03-02 | credit | 15025 PLN | PRZYKŁAD ŻÓŁW SP. Z O.O. | PL36999900010000000123456789 | - | - | BR26061000117 | Faktura 7/03/2026 za marzec',
    ],
    warnings: [],
  },
  {
    name: 'mt940-year-turn.sta',
    statements: ['GB65EXMP99999912345678 GBP 1: 1000 to 1400'],
    lines: [
      '6 | 2026-01-02 (2025-12-31) | credit | 500 GBP | - | - | - | 341241773/1XXXXX | O/341241774 | ADA EXAMPLE :12:RENT AND MORE INVOICE INV-7',
      '11 | 2025-12-31 (2026-01-02) | debit | 100 GBP | - | - | - | CHARGES | - | ',
    ],
    warnings: ['12: The movement is expected and not booked yet.'],
  },
];

describe('the statement file of a bank', () => {
  it.each(samples)('is read: $name', async ({ name, mapping, ...expected }) => {
    const file = await parsed(sampleFile(name), mapping);
    expect({
      statements: file.statements.map(
        ({ account, currency, number, opening, closing }) =>
          `${account} ${currency} ${number ?? '-'}: ${opening?.amount ?? '-'} to ${closing?.amount ?? '-'}`,
      ),
      lines: file.lines.map(shown),
      warnings: file.warnings.map(({ lineNumber, message }) => `${lineNumber}: ${message}`),
    }).toEqual(expected);
  });

  it('gives each line an id of its own, and the same ids again', async () => {
    for (const { name, mapping } of samples) {
      const ids = (await parsed(sampleFile(name), mapping)).lines.map(({ eventId }) => eventId);
      expect(new Set(ids).size).toBe(ids.length);
      expect((await parsed(sampleFile(name), mapping)).lines.map(({ eventId }) => eventId)).toEqual(ids);
    }
  });

  it('gives a line the same id in a shorter export of the same day', async () => {
    const whole = sampleFile('csv-american.csv');
    const rows = whole.toString().split('\n');
    const shorter = Buffer.from([rows[0], rows[3], rows[4]].join('\n'));
    const all = (await parsed(whole, sampleMappings.american)).lines.map(({ eventId }) => eventId);
    const some = (await parsed(shorter, sampleMappings.american)).lines.map(({ eventId }) => eventId);
    expect(some).toEqual([all[2], all[3]]);
  });
});
