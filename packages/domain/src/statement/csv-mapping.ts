/** The forms of a date in a CSV file. */
export const csvDateForms = [
  'YYYY-MM-DD',
  'YYYYMMDD',
  'DD.MM.YYYY',
  'DD.MM.YY',
  'DD/MM/YYYY',
  'DD-MM-YYYY',
  'MM/DD/YYYY',
] as const;
export type CsvDateForm = (typeof csvDateForms)[number];

/** The charsets of a CSV file, by the names of the Encoding Standard. */
export const csvCharsets = ['utf-8', 'windows-1252', 'iso-8859-15', 'utf-16le'] as const;
export type CsvCharset = (typeof csvCharsets)[number];

/** A column: the text of its head, or its place from 1. */
export type CsvColumn = string | number;

/** How the columns of a bank's CSV file are read. */
export interface CsvMapping {
  delimiter: ',' | ';' | '\t' | '|';
  decimal: '.' | ',';
  dateForm: CsvDateForm;
  charset: CsvCharset;
  /** Whether the first row that is read names the columns. */
  hasHeader: boolean;
  /** Rows before that one, which are not read. */
  skippedRows: number;
  /** The operator's account; a column has it where the file holds several. */
  account: string | { column: CsvColumn };
  currency: string | { column: CsvColumn };
  columns: {
    bookedOn: CsvColumn;
    valueOn?: CsvColumn | undefined;
    /** One column whose sign says the direction, or whose direction stands in another column, or two columns. */
    amount:
      | { column: CsvColumn }
      | { column: CsvColumn; sign: CsvColumn; credit: readonly string[]; debit: readonly string[] }
      | { credit: CsvColumn; debit: CsvColumn };
    name?: CsvColumn | undefined;
    counterpartyAccount?: CsvColumn | undefined;
    /** Several are joined. */
    remittance: readonly CsvColumn[];
    reference?: CsvColumn | undefined;
    bankId?: CsvColumn | undefined;
    endToEndId?: CsvColumn | undefined;
  };
}
