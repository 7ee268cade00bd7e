import { currencyDigits, minorUnits } from '@tenantry/domain/currency';
import type { CsvColumn, CsvDateForm, CsvMapping } from '@tenantry/domain/statement/csv-mapping';
import type { LineDirection } from '@tenantry/domain/statement/line';
import { StatementFault } from './fault.ts';
import { dayOf, quoted } from './values.ts';

/** What an amount of a row is read from. */
export interface AmountContext {
  cell: (column: CsvColumn) => string | undefined;
  currency: string;
  lineNumber: number;
  decimal: CsvMapping['decimal'];
}

/** The amount of a row and its direction, from one column with a sign, from a column for each direction, or from a column that names it. */
export function csvAmountOf(
  columns: CsvMapping['columns']['amount'],
  context: AmountContext,
): { amount: number; direction: LineDirection } {
  const { cell, lineNumber } = context;
  if ('debit' in columns && !('column' in columns)) {
    const [credit = '', debit = ''] = [cell(columns.credit), cell(columns.debit)];
    if ((credit === '') === (debit === ''))
      throw new StatementFault(lineNumber, 'has an amount in both columns, or in neither');
    const { units } = signedUnits(credit === '' ? debit.replace(/^-/, '') : credit, context, 'unsigned');
    return { amount: units, direction: credit === '' ? 'debit' : 'credit' };
  }
  const text = cell(columns.column) ?? '';
  if (!('sign' in columns)) {
    const { units, isNegative } = signedUnits(text, context, 'signed');
    return { amount: units, direction: isNegative ? 'debit' : 'credit' };
  }
  const { units } = signedUnits(text, context, 'unsigned');
  const sign = cell(columns.sign) ?? '';
  if (columns.credit.includes(sign)) return { amount: units, direction: 'credit' };
  if (columns.debit.includes(sign)) return { amount: units, direction: 'debit' };
  throw new StatementFault(lineNumber, `is neither credit nor debit: ${quoted(sign)}`);
}

const plain = /^\d{1,18}$/;
const grouped = { "'": /^\d{1,3}(?:'\d{3}){1,5}$/, ' ': /^\d{1,3}(?: \d{3}){1,5}$/ };
const groupedByMark = { '.': /^\d{1,3}(?:\.\d{3}){1,5}$/, ',': /^\d{1,3}(?:,\d{3}){1,5}$/ };

/** An amount without the sign or the code of its currency, which some banks write beside it. */
function withoutCurrency(text: string, currency: string): string {
  const plain = text.replaceAll(/\p{Sc}/gu, '').trim();
  if (plain.startsWith(currency)) return plain.slice(currency.length).trim();
  return plain.endsWith(currency) ? plain.slice(0, -currency.length).trim() : plain;
}

/** Digits with the decimal mark of the file, with or without groups of three, and a sign before or behind them. */
function signedUnits(
  text: string,
  { currency, lineNumber, decimal }: AmountContext,
  form: 'signed' | 'unsigned',
): { units: number; isNegative: boolean } {
  const written = withoutCurrency(text, currency)
    .replaceAll(/[\u00A0\u202F]/g, ' ')
    .replaceAll('’', "'")
    .replace('\u2212', '-');
  const fault = (what: string) =>
    new StatementFault(lineNumber, `has an amount that ${what}: ${quoted(text)}`);
  const isNegative = written.startsWith('-') || written.endsWith('-');
  const hasSign = isNegative || written.startsWith('+');
  if (hasSign && form === 'unsigned') throw fault('has a sign beside what says its direction');
  const digits = hasSign ? (written.endsWith('-') ? written.slice(0, -1) : written.slice(1)) : written;
  const [whole = '', fraction = '', ...more] = digits.trim().split(decimal);
  const groupMark = decimal === '.' ? ',' : '.';
  const isWhole = [plain, grouped["'"], grouped[' '], groupedByMark[groupMark]].some((known) =>
    known.test(whole),
  );
  // Digits past those of the currency are a sign that the decimal mark is another one.
  if (fraction.length > currencyDigits(currency)) throw fault(`${currency} cannot have`);
  if (more.length > 0 || !isWhole || !/^\d{0,8}$/.test(fraction))
    throw fault(`is no number with "${decimal}" as its decimal mark`);
  const units = minorUnits(whole.replaceAll(/\D/g, ''), fraction, currency);
  if (units === undefined) throw fault(`${currency} cannot have`);
  return { units, isNegative: isNegative && units !== 0 };
}

type DatePart = 'year' | 'month' | 'day';

const dateForms: Readonly<Record<CsvDateForm, { pattern: RegExp; order: readonly DatePart[] }>> = {
  'YYYY-MM-DD': { pattern: /^(\d{4})-(\d{2})-(\d{2})(?:$|[T ])/, order: ['year', 'month', 'day'] },
  YYYYMMDD: { pattern: /^(\d{4})(\d{2})(\d{2})$/, order: ['year', 'month', 'day'] },
  'DD.MM.YYYY': { pattern: /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/, order: ['day', 'month', 'year'] },
  'DD.MM.YY': { pattern: /^(\d{1,2})\.(\d{1,2})\.(\d{2})$/, order: ['day', 'month', 'year'] },
  'DD/MM/YYYY': { pattern: /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/, order: ['day', 'month', 'year'] },
  'DD-MM-YYYY': { pattern: /^(\d{1,2})-(\d{1,2})-(\d{4})$/, order: ['day', 'month', 'year'] },
  'MM/DD/YYYY': { pattern: /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/, order: ['month', 'day', 'year'] },
};

/** A day in the form that the mapping names; two digits of a year are of this century. */
export function csvDayOf(text: string | undefined, form: CsvDateForm, lineNumber: number): string {
  const { pattern, order } = dateForms[form];
  const found = pattern.exec(text ?? '');
  if (found === null) throw new StatementFault(lineNumber, `has a date that is not ${form}: ${quoted(text)}`);
  const part = (name: DatePart) => Number(found[order.indexOf(name) + 1]);
  const year = part('year');
  return dayOf(year < 100 ? 2000 + year : year, part('month'), part('day'), lineNumber);
}
