import { readFileSync } from 'node:fs';
import type { CsvMapping } from '@tenantry/domain/statement/csv-mapping';
import { type ParsedLine, type ParsedStatementFile, parseStatementFile } from './parse.ts';

/** The bytes of a sample file. */
export const sampleFile = (name: string): Buffer =>
  readFileSync(new URL(`../samples/${name}`, import.meta.url));

/** What a file holds. Throws for one that is refused. */
export async function parsed(bytes: Uint8Array, mapping?: CsvMapping): Promise<ParsedStatementFile> {
  const file = await parseStatementFile(bytes, mapping);
  if ('fault' in file) throw new Error(`line ${file.fault.lineNumber}: ${file.fault.message}`);
  return file;
}

/** A line on one line: number, day, direction, money, payer, account, reference, end-to-end id, bank's id, text. */
export function shown({ lineNumber, bookedOn, valueOn, direction, isReversal, ...line }: ParsedLine): string {
  const day = valueOn === null || valueOn === bookedOn ? bookedOn : `${bookedOn} (${valueOn})`;
  const sign = `${isReversal ? 'reversal, ' : ''}${direction}`;
  const ids = [line.name, line.counterpartyAccount, line.reference, line.endToEndId, line.bankId];
  const money = `${line.amount} ${line.currency}`;
  return [lineNumber, day, sign, money, ...ids.map((id) => id ?? '-'), line.remittance].join(' | ');
}

/** The mappings of the CSV samples. */
export const sampleMappings: Readonly<Record<'german' | 'american' | 'swiss', CsvMapping>> = {
  german: {
    delimiter: ';',
    decimal: ',',
    dateForm: 'DD.MM.YYYY',
    charset: 'windows-1252',
    hasHeader: true,
    skippedRows: 3,
    account: 'DE65999900010000123456',
    currency: 'EUR',
    columns: {
      bookedOn: 'Buchungstag',
      valueOn: 'Wertstellung',
      amount: { column: 'Betrag (EUR)' },
      name: 'Auftraggeber / Begünstigter',
      counterpartyAccount: 'Kontonummer',
      remittance: ['Buchungstext', 'Verwendungszweck'],
    },
  },
  american: {
    delimiter: ',',
    decimal: '.',
    dateForm: 'MM/DD/YYYY',
    charset: 'utf-8',
    hasHeader: true,
    skippedRows: 0,
    account: '000123456789',
    currency: 'USD',
    columns: {
      bookedOn: 'Date',
      amount: { credit: 'Credit', debit: 'Debit' },
      remittance: ['Description'],
      bankId: 'Reference',
    },
  },
  swiss: {
    delimiter: '\t',
    decimal: '.',
    dateForm: 'YYYYMMDD',
    charset: 'utf-8',
    hasHeader: false,
    skippedRows: 0,
    account: 'CH8399999000123456789',
    currency: { column: 4 },
    columns: {
      bookedOn: 1,
      amount: { column: 2, sign: 3, credit: ['CR'], debit: ['DR'] },
      name: 5,
      counterpartyAccount: 6,
      remittance: [7],
    },
  },
};
