import type { LineDirection } from '@tenantry/domain/statement/line';
import { minorUnits } from '@tenantry/domain/currency';
import { StatementFault } from './fault.ts';
import { dayOf, quoted } from './values.ts';

/** What field 61 says. */
export interface BookedMovement {
  valueOn: string;
  bookedOn: string;
  direction: LineDirection;
  isReversal: boolean;
  amount: number;
  customerReference: string;
  bankReference: string;
}

/**
 * The marks of field 61. RC takes a credit back, so that money goes out; RD takes a debit back. EC and ED are expected
 * and not booked.
 */
const marks: Readonly<Record<string, { direction: LineDirection; isReversal: boolean }>> = {
  C: { direction: 'credit', isReversal: false },
  D: { direction: 'debit', isReversal: false },
  RC: { direction: 'debit', isReversal: true },
  RD: { direction: 'credit', isReversal: true },
};

const head =
  /^(\d{2})(\d{2})(\d{2})(?:(\d{2})(\d{2}))?([RE]?[CD])([A-Z]?)(\d{0,15})(?:,(\d{0,5}))?([NFS][A-Z0-9]{3})/;

/** Reads field 61, without its supplementary line. Answers undefined for a movement that is only expected. */
export function movementOf(text: string, currency: string, lineNumber: number): BookedMovement | undefined {
  const found = head.exec(text);
  const fault = (what: string) => new StatementFault(lineNumber, `has a field 61 ${what}: ${quoted(text)}`);
  if (found === null) throw fault('that is no movement');
  const [
    all,
    year = '',
    month = '',
    day = '',
    entryMonth,
    entryDay,
    written = '',
    ,
    whole = '',
    fraction = '',
  ] = found;
  if (written.startsWith('E')) return undefined;
  const mark = marks[written];
  if (mark === undefined || (whole === '' && fraction === '')) throw fault('without a mark or an amount');
  const amount = minorUnits(whole, fraction, currency);
  if (amount === undefined) throw fault(`with an amount that ${currency} cannot have`);
  const valueOn = dayOf(2000 + Number(year), Number(month), Number(day), lineNumber);
  const [customerReference = '', ...bank] = text.slice(all.length).split('//');
  return {
    ...mark,
    amount,
    valueOn,
    bookedOn:
      entryMonth === undefined
        ? valueOn
        : dayOf(
            yearOfEntry(2000 + Number(year), Number(month), Number(entryMonth)),
            Number(entryMonth),
            Number(entryDay),
            lineNumber,
          ),
    customerReference,
    bankReference: bank.join('//'),
  };
}

/** The year of an entry date, which is written without one: that which brings it nearest to the value date. */
function yearOfEntry(valueYear: number, valueMonth: number, entryMonth: number): number {
  const months = entryMonth - valueMonth;
  if (months > 6) return valueYear - 1;
  return months < -6 ? valueYear + 1 : valueYear;
}

const balance = /^([CD])(\d{2})(\d{2})(\d{2})([A-Z]{3})(\d{1,15})(?:,(\d{0,5}))?\s*$/;

/** Reads a balance of the fields 60 and 62. */
export function balanceOf(
  text: string,
  lineNumber: number,
): { amount: number; on: string; currency: string } {
  const [, mark, year, month, day, currency = '', whole = '', fraction = ''] = balance.exec(text) ?? [];
  const units = mark === undefined ? undefined : minorUnits(whole, fraction, currency);
  if (units === undefined)
    throw new StatementFault(lineNumber, `has a balance that cannot be read: ${quoted(text)}`);
  return {
    amount: mark === 'D' && units !== 0 ? -units : units,
    on: dayOf(2000 + Number(year), Number(month), Number(day), lineNumber),
    currency,
  };
}
