import { Readable } from 'node:stream';
import type { CsvColumn, CsvMapping } from '@tenantry/domain/statement/csv-mapping';
import type { StatementLine } from '@tenantry/domain/statement/line';
import { CsvError, type Info, parse } from 'csv-parse';
import { fieldCharactersMax, statementLinesMax } from './bounds.ts';
import { csvAmountOf, csvDayOf } from './csv-values.ts';
import { StatementFault } from './fault.ts';
import type { Reading, Statement } from './statement.ts';
import { accountText, decodePieces, idText, lineText } from './text.ts';
import { checkOwnAccount, currencyOf, quoted } from './values.ts';

/** One row with its line in the file. */
interface CsvRow {
  record: string[];
  info: Pick<Info, 'lines'>;
}

/** The most columns of a row. */
const columnsMax = 200;

/** Reads a CSV file by a mapping of its columns into `reading`, row by row. Throws a StatementFault. */
export async function* readCsv(
  bytes: Uint8Array,
  mapping: CsvMapping,
  reading: Reading,
): AsyncGenerator<void, void, void> {
  const rows = parse({
    delimiter: mapping.delimiter,
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: fieldCharactersMax * 4,
  });
  const source = Readable.from(decodePieces(bytes, mapping.charset));
  source.on('error', (fault) => rows.destroy(fault)).pipe(rows);
  const found = new CsvReader(mapping, reading);
  let count = 0;
  try {
    for await (const row of rows) {
      found.take(rowOf(row));
      count += 1;
      if (count % 200 === 0) yield;
    }
  } catch (fault) {
    if (fault instanceof CsvError) throw new StatementFault(rows.info.lines, `is no CSV: ${reasonOf(fault)}`);
    throw fault;
  } finally {
    source.destroy();
  }
  found.end(rows.info.lines);
}

// With the option `info` the library answers objects of this form.
function rowOf(row: unknown): CsvRow {
  return row as CsvRow;
}

const reasons: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is not closed',
  CSV_INVALID_CLOSING_QUOTE: 'a text goes on after its closing quote',
  INVALID_OPENING_QUOTE: 'a quote opens within a text',
  CSV_MAX_RECORD_SIZE: `a row has more than ${fieldCharactersMax * 4} characters`,
};

const reasonOf = ({ code }: CsvError): string => reasons[code] ?? 'the rows cannot be told apart';

/** Takes one row after the other: first those that are skipped, then the head, then the lines. */
class CsvReader {
  readonly #mapping: CsvMapping;
  readonly #reading: Reading;
  readonly #statements = new Map<string, Statement>();
  #skipped = 0;
  #head: readonly string[] | undefined;
  #lines = 0;

  constructor(mapping: CsvMapping, reading: Reading) {
    this.#mapping = mapping;
    this.#reading = reading;
  }

  take({ record, info }: CsvRow): void {
    const lineNumber = info.lines;
    if (this.#skipped < this.#mapping.skippedRows) {
      this.#skipped += 1;
      return;
    }
    if (record.length > columnsMax)
      throw new StatementFault(lineNumber, `has more than ${columnsMax} columns`);
    if (this.#mapping.hasHeader && this.#head === undefined) {
      this.#head = record.map((name) => name.trim());
      return;
    }
    this.#lines += 1;
    if (this.#lines > statementLinesMax)
      throw new StatementFault(lineNumber, `is the line after the ${statementLinesMax} that a file may have`);
    const { account, currency } = this.#mapping;
    const cell = (column: CsvColumn) => record[this.#place(column)]?.trim();
    const of = (given: string | { column: CsvColumn }) =>
      typeof given === 'string' ? given : cell(given.column);
    const own = checkOwnAccount(accountText(of(account), lineNumber), lineNumber);
    const code = currencyOf(of(currency), lineNumber);
    const line = lineOf(this.#mapping, { cell, currency: code, lineNumber });
    if (line !== undefined) this.#statement(own, code).lines.push(line);
  }

  end(lineNumber: number): void {
    if (this.#mapping.hasHeader && this.#head === undefined)
      throw new StatementFault(lineNumber, 'ends before the row that names the columns');
    this.#reading.statements.push(...this.#statements.values());
  }

  #statement(account: string, currency: string): Statement {
    const key = `${account} ${currency}`;
    const known = this.#statements.get(key);
    if (known !== undefined) return known;
    const made = { account, currency, number: null, opening: null, closing: null, lines: [] };
    this.#statements.set(key, made);
    return made;
  }

  #place(column: CsvColumn): number {
    if (typeof column === 'number') return column - 1;
    const place = this.#head?.indexOf(column) ?? -1;
    if (place === -1)
      throw new StatementFault(this.#mapping.skippedRows + 1, `does not name the column ${quoted(column)}`);
    return place;
  }
}

interface RowContext {
  cell: (column: CsvColumn) => string | undefined;
  currency: string;
  lineNumber: number;
}

/** The line of a row; undefined for an amount of zero. */
function lineOf(
  { columns, dateForm, decimal }: CsvMapping,
  { cell, currency, lineNumber }: RowContext,
): StatementLine | undefined {
  const optional = (column: CsvColumn | undefined) => (column === undefined ? undefined : cell(column));
  const { amount, direction } = csvAmountOf(columns.amount, { cell, currency, lineNumber, decimal });
  if (amount === 0) return undefined;
  const valueOn = optional(columns.valueOn);
  const remittance = columns.remittance.map((column) => cell(column) ?? '').filter((text) => text !== '');
  return {
    lineNumber,
    bookedOn: csvDayOf(cell(columns.bookedOn), dateForm, lineNumber),
    valueOn: valueOn === undefined || valueOn === '' ? null : csvDayOf(valueOn, dateForm, lineNumber),
    amount,
    currency,
    direction,
    isReversal: false,
    name: lineText(optional(columns.name), lineNumber),
    counterpartyAccount: accountText(optional(columns.counterpartyAccount), lineNumber),
    remittance: lineText(remittance.join(' '), lineNumber) ?? '',
    reference: idText(optional(columns.reference), lineNumber),
    bankId: idText(optional(columns.bankId), lineNumber),
    endToEndId: idText(optional(columns.endToEndId), lineNumber),
  };
}
